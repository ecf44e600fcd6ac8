import { z } from 'zod';
import type { DenyList } from '../../core/capabilities.ts';
import type { AdminApi } from './api.ts';
import { secondsIn, segment, time } from './fields.ts';
import type { HttpAdminOptions } from './options.ts';

const list = z.object({
  addresses: z.array(z.object({ address: z.string(), until: time, reason: z.string().nullish() })),
});

/** Bytes of a whole list: hundreds of entries, each with a reason of some lines. */
const longestList = 1_048_576;

/** Refused addresses under `/admin/deny`; each ends by itself, as an `iptables -A` of the runbooks never does. */
export function adminDenyList(
  api: AdminApi,
  { protected: ranges }: Pick<HttpAdminOptions, 'protected'>,
): DenyList {
  const entries = async (signal: AbortSignal) => {
    const { addresses } = await api.read('/admin/deny', list, signal, longestList);
    return addresses.map(({ address, until, reason }) => ({
      address,
      until,
      reason: reason ?? null,
    }));
  };
  const pathOf = (address: string) => `/admin/deny/${segment(address)}`;
  return {
    protectedRanges: () => ranges,
    entries,
    deny: async (address, lasts, reason, signal) =>
      api.change(
        { method: 'PUT', path: pathOf(address), body: { seconds: secondsIn(lasts), reason } },
        signal,
      ),
    allow: async (address, signal) => {
      const listed = (await entries(signal)).some((one) => one.address === address);
      if (listed) await api.change({ method: 'DELETE', path: pathOf(address) }, signal);
    },
  };
}
