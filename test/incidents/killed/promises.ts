import { beforeAll, expect, test } from 'vitest';
import {
  pace,
  type Survived,
  type SurviveOptions,
  open as so,
  survive,
  updatesIn,
} from './survive.ts';

/** For how many seconds bots are killed in one file; `KILL_SECONDS` asks for more. */
export const seconds = Number(process.env.KILL_SECONDS ?? 12);

/** Kills bots while incidents are open, then holds what is left against what was promised. */
export function keepsItsPromises(open: () => Promise<Omit<SurviveOptions, 'ms' | 'seed'>>): void {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const about = `KILL_SECONDS=${seconds} SEED=${seed}`;
  let left: Survived;
  beforeAll(
    async () => {
      left = await survive({ ...(await open()), ms: seconds * 1_000, seed });
      const { kills, skipped, messages } = left;
      console.log(`${about}: ${kills} kills, ${skipped} periods away, ${messages.length} messages`);
    },
    600_000 + seconds * 5_000,
  );

  test('every incident that was declared is there, each with one channel', () => {
    expect(left.incidents, about).toHaveLength(so);
    const names = left.rooms.map(({ name }) => /^inc-\d+/.exec(name)?.[0]).filter((one) => one);
    expect(new Set(names).size, about).toBe(names.length);
    expect(new Set(left.incidents.map(({ channel }) => channel?.id)).size, about).toBe(so);
  });

  test('every slot was posted once, or is merged into a message that says so', () => {
    for (const { id, updates, times } of left.incidents) {
      const records =
        left.records.get(id)?.filter(({ event }) => event === 'incident.updated') ?? [];
      const merged = records.reduce((sum, { facts }) => sum + Number(facts.merged), 0);
      expect([updates.posted, updates.merged], `${about} ${id}`).toEqual([records.length, merged]);
      const passed = ((updates.next ?? 0) - times.declared) / pace - 1;
      expect(passed, `${about} ${id}`).toBe(records.length + merged);
    }
    expect(
      left.incidents.some(({ updates }) => updates.merged > 0),
      about,
    ).toBe(true);
  });

  test('every update stands in its channel, once', () => {
    for (const { id, channel, updates } of left.incidents) {
      const wanted = Array.from({ length: updates.posted }, (_, n) => n + 1);
      expect(updatesIn(left.messages, channel?.id ?? ''), `${about} ${id}`).toEqual(wanted);
    }
  });

  test('every change has its record, and the audit verifies', () => {
    for (const { id, version } of left.incidents) {
      expect(left.records.get(id), `${about} ${id}`).toHaveLength(version);
    }
    expect(left.audit, about).toMatchObject({ ok: true });
  });
}
