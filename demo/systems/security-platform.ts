import type { Facts, Flavour } from '../flavour.ts';
import { usualEvents } from '../log.ts';

/** The contract of runbook 003, "Primary Health Check": these fields, and these features, all on. */
const health = ({ service, version, timestamp }: Facts) => ({
  status: 'healthy',
  service,
  version,
  timestamp,
  features: {
    user_registration: true,
    oauth2_flows: true,
    jwt_authentication: true,
    multi_factor_auth: true,
    session_management: true,
  },
});

const status = (now: Facts) => ({
  ...health(now),
  uptime_seconds: now.uptimeSeconds,
  sessions: now.sessions,
  users: now.users,
  dependencies: { redis: 'up', postgres: 'up', jwks: 'up' },
});

const threats = ({ failures, limit, denied, timestamp }: Facts) => ({
  timestamp,
  failed_logins: { last_5_minutes: failures.total, by_source: failures.sources.map(source) },
  rate_limiting: {
    preset: limit.preset,
    per_ip_per_minute: limit.perMinute,
    triggered_total: limit.refused,
  },
  blocked_addresses: denied,
});

const source = ({ address, count }: Facts['failures']['sources'][number]) => ({
  source_ip: address,
  count,
});

/** Runbook 003: a systemd service with an admin API and threat metrics. */
export const securityPlatform: Flavour = {
  name: 'security-platform',
  service: 'rust-security-auth-service',
  mostCopies: 5,
  releases: [
    { version: '2.1.0', hours: 8, verified: false, failing: 0.3 },
    { version: '2.0.0', hours: 120, verified: true, current: true },
    { version: '1.9.7', hours: 900, verified: true },
  ],
  health: { '/health': health, '/api/v1/status': status },
  dependent: [],
  pages: {
    '/security/threats/metrics': threats,
    '/compliance/summary': () => ({ frameworks: { soc2: 'compliant', gdpr: 'compliant' } }),
    '/compliance/violations': () => ({ critical_violations: [], violations: [] }),
  },
  paths: {
    login: '/api/v1/auth/login',
    refresh: '/api/v1/auth/refresh',
    profile: '/api/v1/auth/me',
    jwks: '/.well-known/jwks.json',
  },
  log: {
    keys: { event: 'event', user: 'user', address: 'source_ip' },
    events: {
      ...usualEvents,
      locked: 'suspicious_activity',
      limited: 'rate_limit_triggered',
      denied: 'security_violation',
    },
  },
  perMinute: { normal: 100, tight: 50, emergency: 20 },
};
