import { z } from 'zod';
import type { SigningKeys } from '../../core/capabilities.ts';
import type { Clock } from '../../core/clock.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import type { AdminApi } from './api.ts';
import { secondsIn, time } from './fields.ts';

const list = z.object({ keys: z.array(z.object({ kid: z.string(), retires_at: time })) });

const path = '/admin/keys';

/** Signing keys under `/admin/keys`; runbook 003 "JWT Token Issues". The one that signs comes first. */
export function adminSigningKeys(api: AdminApi, clock: Clock): SigningKeys {
  const keys: SigningKeys['keys'] = async (signal) => {
    const listed = (await api.read(path, list, signal)).keys;
    return listed
      .map(({ kid, retires_at: until }, index) => ({ id: kid, current: index === 0, until }))
      .filter(({ until }) => until === null || until > clock.now());
  };
  const stillCurrent = async (expected: string, signal: AbortSignal) => {
    const current = (await keys(signal).catch(untouched)).find((key) => key.current)?.id;
    if (current === expected) return;
    untouched(`${current ?? 'no key'} is the current one by now, not ${expected}`);
  };
  return {
    keys,
    rotate: async (expected, overlap, signal) => {
      await stillCurrent(expected, signal);
      const how =
        overlap === 0 ? { mode: 'now' } : { mode: 'graceful', overlap_seconds: secondsIn(overlap) };
      // The system compares too: between our look and this somebody else may have rotated.
      await api.change(
        { method: 'POST', path: `${path}/rotate`, body: { ...how, expected } },
        signal,
      );
    },
  };
}

function untouched(why: unknown): never {
  throw new TargetError(messageOf(why), { retryable: false, happened: false });
}
