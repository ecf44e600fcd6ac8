import type { Clock } from '../../core/clock.ts';
import type { Rest } from '../../core/outbox.ts';
import { methodsFor } from '../outbox/outbox-rules.ts';
import type { MemoryRow } from './memory-outbox-row.ts';

/** What rests in which place, and until when. */
export function createRests(clock: Pick<Clock, 'now'>) {
  const until = new Map<string, number>();
  const keyOf = (method: string, { to }: MemoryRow) => `${method} ${to}`;
  return {
    waitsFor: (row: MemoryRow): number => {
      const all = methodsFor(row).map((method) => until.get(keyOf(method, row)) ?? 0);
      return Math.max(clock.now(), row.posted ? row.restsUntil : 0, ...all) - clock.now();
    },
    rest: (row: MemoryRow, { method, ms }: Rest): void => {
      if (method === null) row.restsUntil = Math.max(row.restsUntil, clock.now() + ms);
      else {
        const key = keyOf(method, row);
        until.set(key, Math.max(until.get(key) ?? 0, clock.now() + ms));
      }
    },
  };
}
