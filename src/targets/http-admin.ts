import { defineDriver } from '../core/driver.ts';
import { adminAccounts } from './http-admin/accounts.ts';
import { createApi } from './http-admin/api.ts';
import { adminDenyList } from './http-admin/deny-list.ts';
import { adminMaintenance } from './http-admin/maintenance.ts';
import { httpAdminOptions } from './http-admin/options.ts';
import { adminRateLimit } from './http-admin/rate-limit.ts';
import { adminSessions } from './http-admin/sessions.ts';
import { adminSigningKeys } from './http-admin/signing-keys.ts';

/** How many connections to one admin API there may be at the same time. */
const connections = 8;

/**
 * The admin API that a service has itself, such as runbook 003 `/admin/keys/rotate` and 004
 * `/admin/users/*`: JSON over HTTP with a bearer token, always, also where the runbook forgets it.
 */
export const httpAdmin = defineDriver({
  name: 'http-admin',
  summary:
    'Asks the admin API of a service: accounts, sessions, deny list, signing keys, maintenance, rate limit.',
  options: httpAdminOptions,

  async open(options, _target, { clock }) {
    const { Agent } = await import('undici');
    // A kept connection may be dropped under a request: then nobody knows whether it was carried out.
    const agent = new Agent({
      connections,
      pipelining: 0,
      allowH2: false,
      maxHeaderSize: 16_384,
    });
    const api = createApi(options, agent);
    const all = {
      accounts: adminAccounts(api, options),
      sessions: adminSessions(api, options),
      denyList: adminDenyList(api, options),
      signingKeys: adminSigningKeys(api, clock),
      maintenance: adminMaintenance(api),
      rateLimit: adminRateLimit(api, options),
    };
    const offered = Object.entries(all).filter(([name]) =>
      options.offers.some((one) => one === name),
    );
    return { capabilities: Object.fromEntries(offered), close: () => agent.destroy() };
  },
});
