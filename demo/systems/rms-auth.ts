import type { Facts, Flavour } from '../flavour.ts';
import { usualEvents } from '../log.ts';

const health = ({ service, version, timestamp }: Facts) => ({
  status: 'healthy',
  service,
  version,
  timestamp,
});

/** Runbook 000: an API behind Cognito, run by systemd, with its sessions in Redis. Logs as Cognito does. */
export const rmsAuth: Flavour = {
  name: 'rms-auth',
  service: 'rms-api',
  releases: [
    { version: '3.9.2', hours: 3, verified: false, failing: 0.4 },
    { version: '3.9.1', hours: 26, verified: true, current: true },
    { version: '3.9.0', hours: 190, verified: true },
    { version: '3.8.4', hours: 600, verified: true },
  ],
  health: {
    '/health': health,
    '/api/health': (now) => ({
      ...health(now),
      dependencies: { cognito: 'up', postgres: 'up', redis: now.redis },
    }),
  },
  dependent: ['/api/health'],
  pages: {
    '/api/universe': ({ version }) => ({ version, regions: ['us-east-1'] }),
  },
  paths: {
    login: '/api/login',
    refresh: '/api/refresh',
    profile: '/api/profile',
    jwks: '/.well-known/jwks.json',
  },
  log: {
    keys: { event: 'eventName', user: 'username', address: 'sourceIPAddress' },
    events: {
      ...usualEvents,
      login: 'SignIn_Success',
      loginFailed: 'SignIn_Failure',
      tokenIssued: 'Token_Issued',
      locked: 'Account_Locked',
    },
  },
  perMinute: { normal: 1200, tight: 60, emergency: 20 },
};
