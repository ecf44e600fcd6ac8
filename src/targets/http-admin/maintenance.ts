import { z } from 'zod';
import type { Maintenance } from '../../core/capabilities.ts';
import type { AdminApi } from './api.ts';
import { secondsIn, time } from './fields.ts';

const state = z.object({ on: z.boolean(), message: z.string().nullish(), until: time });

const path = '/admin/maintenance';

/** The maintenance page under `/admin/maintenance`, in place of runbook 000's `touch maintenance.flag`. */
export const adminMaintenance = (api: AdminApi): Maintenance => ({
  read: async (signal) => {
    const { on, message, until } = await api.read(path, state, signal);
    return { on, message: message ?? null, until };
  },
  turnOn: (message, lasts, signal) =>
    api.change(
      { method: 'PUT', path, body: { on: true, message, seconds: secondsIn(lasts) } },
      signal,
    ),
  turnOff: (signal) => api.change({ method: 'PUT', path, body: { on: false } }, signal),
});
