import type { Clock } from '../../core/clock.ts';
import { type Delivery, holdFor, type Intake, type LeftBehind } from '../../core/intake.ts';
import { assertStorable } from '../database/storable.ts';
import { storedText } from '../database/stored-json.ts';

interface Row extends Pick<Delivery, 'key' | 'request'> {
  receivedAt: number;
  heldUntil: number;
  givenUp: boolean;
  settled: boolean;
}

/** A list of deliveries that can be asked what was given up. */
export interface MemoryIntake extends Intake {
  isGivenUp(key: string): boolean;
}

/**
 * The list of deliveries for as long as the process lives: for tests and simulations. Without a clock
 * no time passes for it.
 */
export function memoryIntake(clock: Pick<Clock, 'now'> = { now: () => 0 }): MemoryIntake {
  const rows = new Map<string, Row>();
  const of = (keys: readonly string[]) => keys.flatMap((key) => rows.get(key) ?? []);
  return {
    record: async (delivery) => {
      assertStorable(delivery);
      const { key, request } = delivery;
      if (rows.has(key)) return 'seen';
      const now = clock.now();
      const kept = request === undefined ? {} : { request: storedText(request) };
      const state = { receivedAt: now, heldUntil: now + holdFor, givenUp: false, settled: false };
      rows.set(key, { key, ...kept, ...state });
      return 'new';
    },
    settle: async (keys) => {
      for (const row of of(keys)) row.settled = true;
    },
    hold: async (keys) => {
      const until = clock.now() + holdFor;
      for (const row of of(keys)) if (!row.givenUp && !row.settled) row.heldUntil = until;
    },
    takeUp: async (limit) => {
      const now = clock.now();
      const left = [...rows.values()].filter((row) => isLeft(row, now));
      return left.slice(0, limit).map((row) => takeRow(row, now));
    },
    isGivenUp: (key) => rows.get(key)?.givenUp ?? false,
  };
}

const isLeft = ({ request, settled, heldUntil }: Row, now: number): boolean =>
  request !== undefined && !settled && heldUntil <= now;

function takeRow(row: Row, now: number): LeftBehind {
  row.givenUp = true;
  row.heldUntil = now + holdFor;
  const { key, request = '', receivedAt } = row;
  return { key, request, receivedAt, age: now - receivedAt };
}
