import { sql } from 'kysely';
import type { Outbox } from '../../core/outbox.ts';
import type { PaceLimits } from '../../core/pace.ts';
import type { Engine } from '../database/engine.ts';
import { compactNotices } from './outbox-compact.ts';
import {
  findLeftOut,
  findStanding,
  findStandings,
  findUnconfirmed,
  findWaiting,
  findWhose,
} from './outbox-look.ts';
import { heldFor, roomsIn } from './outbox-room.ts';
import { settleRow } from './outbox-settle.ts';
import { giveUpLost, isDue, takeDue } from './outbox-take.ts';
import { intervalOf, readPace } from './sql-pace.ts';

/** The table `outbox`, and how a transition says that it has added to it. */
export interface SqlOutbox extends Outbox {
  added(): void;
}

/** The outbox in SQL. What it hands out keeps the pace that Slack's methods have. */
export function sqlOutbox(
  { db, transact }: Pick<Engine, 'db' | 'transact'>,
  limits: PaceLimits = {},
): SqlOutbox {
  const listeners: (() => void)[] = [];
  return {
    take: async (limit, held) => {
      const { rows } = await sql`select from outbox where ${isDue} limit 1`.execute(db);
      if (rows.length === 0) return []; // looking costs less than a transaction, and is mostly all
      return await transact(async (trx) => {
        // In a statement of its own: what follows must see what the taker before has committed.
        await sql`select pg_advisory_xact_lock(4711, 3)`.execute(trx);
        await giveUpLost(trx);
        const known = await readPace(trx);
        const taken = await takeDue(trx, limit, roomsIn(limits, known));
        const wait = heldFor(limits, known, taken);
        if (wait !== null) held?.(wait);
        return taken;
      });
    },
    report: (id, sent, rests = [], unused, taking) =>
      settleRow(db, {
        ...{ id, sent, rests, taking: taking ?? null },
        unused: unused === undefined ? null : { method: unused, ms: intervalOf(limits, unused) },
      }),
    whose: (subject, where) => findWhose(db, subject, where),
    unconfirmed: (subject) => findUnconfirmed(db, subject),
    standing: (subject, kind, to) => findStanding(db, subject, kind, to),
    standings: (incident) => findStandings(db, incident),
    compact: (olderThan) => compactNotices(db, olderThan),
    leftOut: (since) => findLeftOut(db, since),
    waiting: () => findWaiting(db),
    onAdded: (listener) => void listeners.push(listener),
    added: () => {
      for (const listener of listeners) queueMicrotask(listener);
    },
  };
}
