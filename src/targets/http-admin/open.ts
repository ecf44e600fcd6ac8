import type { Driver } from '../../core/driver.ts';
import { adminAccounts } from './accounts.ts';
import { createApi } from './api.ts';
import { adminDenyList } from './deny-list.ts';
import { adminMaintenance } from './maintenance.ts';
import type { HttpAdminOptions } from './options.ts';
import { adminRateLimit } from './rate-limit.ts';
import { adminSessions } from './sessions.ts';
import { adminSigningKeys } from './signing-keys.ts';

/** How many connections to one admin API there may be at the same time. */
const connections = 8;

/** What the admin API of a service offers. */
export const openHttpAdmin: Driver<HttpAdminOptions>['open'] = async (
  options,
  _target,
  { clock },
) => {
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
};
