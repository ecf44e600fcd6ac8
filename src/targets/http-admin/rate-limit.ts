import { z } from 'zod';
import type { RateLimit } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import type { AdminApi } from './api.ts';
import { secondsIn, time } from './fields.ts';
import type { HttpAdminOptions } from './options.ts';

const state = z.object({ preset: z.string(), per_ip_per_minute: z.number(), until: time });

const path = '/admin/rate-limit';

/** The rate limit under `/admin/rate-limit`, by preset: runbook 003 calls 50 an increase, and it tightens. */
export const adminRateLimit = (
  api: AdminApi,
  { presets }: Pick<HttpAdminOptions, 'presets'>,
): RateLimit => ({
  presets: () => presets,
  read: async (signal) => {
    const { preset, per_ip_per_minute: perMinute, until } = await api.read(path, state, signal);
    return { preset, perMinute, until };
  },
  use: async (preset, lasts, signal) => {
    if (lasts === null && preset !== presets[0]) {
      const message = `only ${presets[0]} may stay for ever`;
      throw new TargetError(message, { retryable: false, happened: false });
    }
    const body = { preset, ...(lasts !== null && { seconds: secondsIn(lasts) }) };
    await api.change({ method: 'PUT', path, body }, signal);
  },
});
