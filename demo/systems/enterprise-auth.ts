import type { Facts, Flavour } from '../flavour.ts';
import { usualEvents } from '../log.ts';

const health = ({ service, version, timestamp, uptimeSeconds }: Facts) => ({
  status: 'ready',
  service,
  version,
  timestamp,
  uptime: uptimeSeconds,
  checks: { database: 'up', redis: 'up', email: 'up' },
});

/** Runbook 001: a Node back end in a container. Its log is searched for ERROR, SECURITY and "authentication failed". */
export const enterpriseAuth: Flavour = {
  name: 'enterprise-auth',
  service: 'enterprise-auth-backend',
  mostCopies: 5,
  releases: [
    { version: '5.3.0', hours: 5, verified: false, failing: 0.5 },
    { version: '5.2.4', hours: 72, verified: true, current: true },
    { version: '5.2.3', hours: 240, verified: true },
  ],
  health: {
    '/health/ready': health,
    '/health/live': ({ service, version }) => ({ status: 'alive', service, version }),
  },
  dependent: [],
  pages: {},
  paths: {
    login: '/api/v1/auth/login',
    refresh: '/api/v1/auth/refresh',
    profile: '/api/v1/auth/me',
    jwks: '/.well-known/jwks.json',
  },
  log: {
    keys: { event: 'event', user: 'email', address: 'ip' },
    events: {
      ...usualEvents,
      login: 'authentication succeeded',
      loginFailed: 'SECURITY authentication failed',
      locked: 'SECURITY account locked',
      limited: 'SECURITY rate limit exceeded',
      denied: 'SECURITY address denied',
      administered: 'SECURITY administrator action',
      tokenIssued: 'token issued',
      failed: 'request failed',
      slow: 'request slow',
    },
  },
  perMinute: { normal: 1200, tight: 60, emergency: 20 },
};
