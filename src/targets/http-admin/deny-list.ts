import { z } from 'zod';
import type { DenyList } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import type { AdminApi } from './api.ts';
import { secondsIn, segment, time } from './fields.ts';
import type { HttpAdminOptions } from './options.ts';
import { canonical } from './spelling.ts';

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
  const read = async (signal: AbortSignal) =>
    (await api.read('/admin/deny', list, signal, longestList)).addresses;
  const pathOf = (address: string) => `/admin/deny/${segment(address)}`;
  return {
    protectedRanges: () => ranges,
    entries: async (signal) =>
      (await read(signal)).map(({ address, until, reason }) => ({
        address: canonical(address),
        until,
        reason: reason ?? null,
      })),
    deny: async (address, lasts, reason, signal) =>
      api.change(
        { method: 'PUT', path: pathOf(address), body: { seconds: secondsIn(lasts), reason } },
        signal,
      ),
    allow: async (address, signal) => {
      const listed = (await read(signal).catch(nothingDone)).map((one) => one.address);
      // As the system itself spells it: that is what it finds.
      for (const spelling of listed.filter((one) => canonical(one) === address)) {
        await api.change({ method: 'DELETE', path: pathOf(spelling) }, signal);
      }
    },
  };
}

/** Whatever became of looking at the list, nothing of it was changed. */
function nothingDone(error: unknown): never {
  if (!(error instanceof TargetError)) throw error;
  const { message, retryable, cause } = error;
  throw new TargetError(message, { retryable, happened: false, cause });
}
