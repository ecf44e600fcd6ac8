import type { Flavour } from '../flavour.ts';
import { usualEvents } from '../log.ts';

/** Runbook 004: a FastAPI service, run by compose and on Azure. Its health answers are one word each. */
export const identityPlatform: Flavour = {
  name: 'identity-platform',
  service: 'identity-api',
  releases: [
    { version: '0.42.0', hours: 6, verified: false, failing: 0.5 },
    { version: '0.41.0', hours: 96, verified: true, current: true },
    { version: '0.40.3', hours: 400, verified: true },
  ],
  health: {
    '/api/v1/health': () => ({ status: 'ok' }),
    '/api/v1/ready': () => ({ status: 'ready' }),
  },
  dependent: [],
  pages: {
    '/api/v1/docs': ({ version }) => ({ openapi: '3.1.0', info: { title: 'Identity', version } }),
    '/login': () => ({ methods: ['password', 'google', 'microsoft'] }),
  },
  paths: {
    login: '/api/v1/login',
    refresh: '/api/v1/refresh',
    profile: '/api/v1/me',
    jwks: '/.well-known/jwks.json',
  },
  log: {
    keys: { event: 'event', user: 'email', address: 'client_ip' },
    events: { ...usualEvents, loginFailed: 'login_failed', login: 'login_succeeded' },
  },
  perMinute: { normal: 1200, tight: 60, emergency: 20 },
};
