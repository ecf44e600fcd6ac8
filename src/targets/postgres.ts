import { z } from 'zod';
import { defineDriver } from '../core/driver.ts';
import { addressOf } from './address.ts';
import { connectionsProbe, queryProbe, roleProbe } from './postgres/probes.ts';
import { createSessions } from './postgres/sessions.ts';

/** PostgreSQL, which holds accounts and audit logs in the runbooks: it is looked at, never written. */
export const postgres = defineDriver({
  name: 'postgres',
  summary: 'Asks a PostgreSQL server for a first answer, its connections and its replication role.',
  options: z.strictObject({
    url: addressOf(['postgres:', 'postgresql:']).describe(
      'The address, such as `postgres://reader@127.0.0.1:5432/authdb`; `env:NAME` or `file:PATH` when it holds a password.',
    ),
  }),

  async open({ url }, _target, { clock }) {
    const { default: pg } = await import('pg');
    const sessions = createSessions(pg, url);
    const probes = [queryProbe(sessions, clock), connectionsProbe(sessions), roleProbe(sessions)];
    return { capabilities: { probes: { list: () => probes } }, close: sessions.close };
  },
});
