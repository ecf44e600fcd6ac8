import type { Facts, Flavour } from '../flavour.ts';
import { usualEvents } from '../log.ts';

const health = ({ service, version, uptimeSeconds }: Facts) => ({
  status: 'healthy',
  service,
  version,
  uptime_seconds: uptimeSeconds,
});

/** Runbook 002: OAuth2, OIDC and SCIM in a Kubernetes deployment. */
export const rustAuth: Flavour = {
  name: 'rust-auth',
  service: 'auth-service',
  mostCopies: 5,
  releases: [
    { version: '1.14.0', hours: 2, verified: false, failing: 0.5 },
    { version: '1.13.2', hours: 50, verified: true, current: true },
    { version: '1.13.1', hours: 170, verified: true },
    { version: '1.12.0', hours: 700, verified: true },
  ],
  health: { '/health': health },
  dependent: [],
  pages: {
    '/scim/v2/ServiceProviderConfig': () => ({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
    }),
  },
  paths: {
    login: '/oauth/token',
    refresh: '/oauth/refresh',
    profile: '/oauth/userinfo',
    jwks: '/jwks.json',
  },
  log: {
    keys: { event: 'event', user: 'subject', address: 'client_ip' },
    events: {
      ...usualEvents,
      login: 'auth_login_success',
      locked: 'security_account_locked',
      limited: 'security_rate_limited',
      denied: 'security_address_denied',
      slow: 'slow_request timeout_risk',
    },
  },
  perMinute: { normal: 1200, tight: 60, emergency: 20 },
};
