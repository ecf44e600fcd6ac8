import { z } from 'zod';
import { defineDriver } from '../core/driver.ts';
import { addressOf, placeOf } from './address.ts';

/** PostgreSQL, which holds accounts and audit logs in the runbooks: it is looked at, never written. */
export const postgres = defineDriver({
  name: 'postgres',
  summary: 'Asks a PostgreSQL server for a first answer, its connections and its replication role.',
  options: z.strictObject({
    url: addressOf(['postgres:', 'postgresql:']).describe(
      'The address, such as `postgres://reader@127.0.0.1:5432/authdb`; `env:NAME` or `file:PATH` when it holds a password.',
    ),
  }),
  isDependency: true,
  addresses: ({ url }) => [placeOf(url, 5432)],

  async open({ url }, _target, { clock }) {
    const [{ default: pg }, { createSessions }, probe] = await Promise.all([
      import('pg'),
      import('./postgres/sessions.ts'),
      import('./postgres/probes.ts'),
    ]);
    const sessions = createSessions(pg, url);
    const { connectionsProbe, queryProbe, roleProbe } = probe;
    const probes = [queryProbe(sessions, clock), connectionsProbe(sessions), roleProbe(sessions)];
    return { capabilities: { probes: { list: () => probes } }, close: sessions.close };
  },
});
