import { defineDriver } from '../core/driver.ts';
import { httpAdminOptions } from './http-admin/options.ts';

/**
 * The admin API that a service has itself, such as runbook 003 `/admin/keys/rotate` and 004
 * `/admin/users/*`: JSON over HTTP with a bearer token, always, also where the runbook forgets it.
 */
export const httpAdmin = defineDriver({
  name: 'http-admin',
  summary:
    'Asks the admin API of a service: accounts, sessions, deny list, signing keys, maintenance, rate limit.',
  options: httpAdminOptions,
  open: async (...target) => (await import('./http-admin/open.ts')).openHttpAdmin(...target),
});
