import type { Flavour } from '../flavour.ts';

/** Runbook 000: an API behind Cognito, run by systemd, sessions in Redis. */
export const rmsAuth: Flavour = {
  name: 'rms-auth',
  service: 'rms-api',
  releases: [
    { version: '3.9.1', hours: 26, verified: true, current: true },
    { version: '3.9.0', hours: 190, verified: true },
    { version: '3.8.4', hours: 600, verified: true },
  ],
  health: {
    '/health': ({ service, version, timestamp }) => ({
      status: 'healthy',
      service,
      version,
      timestamp,
    }),
  },
};
