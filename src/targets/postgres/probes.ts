import type { Probe, Reading } from '../../core/capabilities.ts';
import type { Clock } from '../../core/clock.ts';
import { formatDuration } from '../../core/duration.ts';
import { postgresFailure } from './failure.ts';
import type { Row, Sessions } from './sessions.ts';

/** A first answer and how long it took, connecting included when there was no connection yet. */
export const queryProbe = (sessions: Sessions, clock: Clock): Probe => ({
  name: 'postgres query',
  run: async (signal) => {
    const start = clock.monotonic();
    return reading(
      sessions,
      "SELECT current_setting('server_version') AS version",
      signal,
      (row) => {
        const took = formatDuration(clock.monotonic() - start);
        return { health: 'up', detail: `answered in ${took}, PostgreSQL ${shown(row.version)}` };
      },
    );
  },
});

/** How many of its connections are taken (runbook 001, "Connection Pool Exhaustion"). */
export const connectionsProbe = (sessions: Sessions): Probe => ({
  name: 'postgres connections',
  run: (signal) =>
    reading(
      sessions,
      `SELECT (SELECT sum(numbackends) FROM pg_stat_database)::int AS used,
              current_setting('max_connections')::int AS most`,
      signal,
      ({ used, most }) => ({
        health: Number(used) >= 0.9 * Number(most) ? 'degraded' : 'up',
        detail: `${shown(used)} of ${shown(most)} in use`,
      }),
    ),
});

/** Primary or replica, and how far behind (runbook 001, "Replication Issues"). */
export const roleProbe = (sessions: Sessions): Probe => ({
  name: 'postgres role',
  run: (signal) =>
    reading(
      sessions,
      `SELECT pg_is_in_recovery() AS replica,
              (SELECT count(*) FROM pg_stat_replication)::int AS replicas,
              CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                   ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
              END::float8 AS behind`,
      signal,
      judgeRole,
    ),
});

/** A replica this far behind, in milliseconds, shows sign-ins that are no longer true. */
const farBehind = 60_000;

function judgeRole({ replica, replicas, behind }: Row): Reading {
  if (replica !== true) {
    const count = Number(replicas);
    const followers = count === 1 ? '1 replica' : `${count} replicas`;
    return { health: 'up', detail: `primary with ${count === 0 ? 'no replica' : followers}` };
  }
  if (typeof behind !== 'number') return { health: 'up', detail: 'replica, lag not known yet' };
  const lag = behind * 1_000;
  const detail = lag === 0 ? 'replica, caught up' : `replica, ${formatDuration(lag)} behind`;
  return { health: lag > farBehind ? 'degraded' : 'up', detail };
}

const nothing: Reading = { health: 'degraded', detail: 'answered without what was asked' };

const reading = (
  sessions: Sessions,
  statement: string,
  signal: AbortSignal,
  judge: (row: Row) => Reading,
): Promise<Reading> =>
  sessions
    .ask(statement, signal)
    .then((row) => (Object.keys(row).length === 0 ? nothing : judge(row)))
    .catch((error) => postgresFailure(error, signal));

/** Distributions add their own name to the version, after a space. */
const shown = (value: unknown): string => String(value ?? 'unknown').split(' ', 1)[0] ?? '';
