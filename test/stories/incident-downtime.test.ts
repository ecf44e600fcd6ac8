import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { directMessage, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { memoryStore } from '../support/memory-store.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const minute = 60_000;
const pace = 15 * minute;
const tenMinutes = 10 * minute;
const clock = shiftedClock();
const store = memoryStore({}, clock);

let house: IncidentHouse;
let engineer: Person;
/** By how much the database’s clock is on before Gatehouse looks at it again. */
let gone = 0;

beforeAll(async () => {
  house = await openIncidentHouse(['rms-auth', 'rust-auth'], {
    ...{ clock, store },
    openStore: async () => {
      clock.shift(gone);
      gone = 0;
      return store;
    },
  });
  engineer = house.person(people.onCall1);
});
afterAll(() => house.close());

/** Nobody of Gatehouse is there for so long. */
async function down(ms: number): Promise<void> {
  gone = ms;
  await house.restart();
}

const inRoom = async (channel: string, says: RegExp): Promise<Message[]> =>
  answersIn(await engineer.sees()).filter(
    (one) => one.channel === channel && says.test(textOf(one)),
  );

/** What everybody in a room was told of updates. */
const updates = /Update \d|offline|No further reminders|promised for/;

async function begun(typed: string): Promise<{ id: string; channel: string; declared: number }> {
  const { id, channel, card } = await house.declares(engineer, typed);
  await engineer.clicks(card, 'Acknowledge');
  const { times } = await house.incident(id, (one) => one.acknowledged !== null);
  return { id, channel, declared: times.declared };
}

/** Which slot of its pace the next update is promised for, counted from the declaration. */
const nextSlot = ({ updates: { next } }: Incident, declared: number): number =>
  ((next ?? 0) - declared) / pace;

describe('whoever comes back after nobody was there', () => {
  test.each([
    { periods: 0.5, from: 10 * minute, merged: 0, next: 2 },
    { periods: 1.5, from: 0, merged: 0, next: 2 },
    { periods: 3.5, from: 0, merged: 2, next: 4 },
  ])(
    'says so once after $periods periods, with clock times, and the next update is on the grid',
    async ({ periods, from, merged, next }) => {
      const { id, channel, declared } = await begun('sev1 rms-auth@prod nobody gets in');
      clock.shift(from);
      await down(periods * pace);
      const late = await house.incident(id, (one) => one.updates.posted === 1);
      expect(late.updates).toMatchObject({ posted: 1, late: 1, onTime: 0, merged });
      expect(nextSlot(late, declared)).toBe(next);
      const said = await house.sees(engineer, /I was offline/, channel);
      expect(textOf(said)).toMatch(/offline from .*\d\d:\d\d.* to .*\d\d:\d\d.*due at .*\d\d:\d\d/);
      if (merged > 0) expect(textOf(said)).toContain(`stands for ${merged + 1} updates`);
      await settled(id);
      expect(await inRoom(channel, updates)).toHaveLength(1);
    },
  );

  test('calls the highest rung that was reached, and nobody below it', async () => {
    const { id, channel } = await house.declares(engineer, 'sev1 rms-auth@prod all is red');
    await down(12 * minute);
    const after = await house.incident(id, ({ counted }) => (counted.acknowledge?.done ?? 0) > 0);
    expect(after.counted.acknowledge?.done).toBe(2);
    const called = after.escalations.map(({ contact }) => contact);
    expect(called).toContain('manager');
    expect(called).not.toContain('secondary');
    await house.sees(engineer, /nobody has acknowledged it/, channel);
    await house.sees(house.person(people.manager1), new RegExp(`${id}.*all is red`, 's'));
    const second = answersIn(await house.person(people.onCall2).sees());
    const alone = second.filter(({ channel: where }) => where === directMessage(people.onCall2));
    expect(alone.map(textOf).join()).not.toContain(id);
  });

  test('says nothing where nothing was missed', async () => {
    const { id, channel } = await begun('sev1 rms-auth@prod a new release');
    await settled(id);
    const before = (await inRoom(channel, /./)).length;
    await house.restart();
    await house.restart();
    await settled(id);
    expect(await inRoom(channel, /./)).toHaveLength(before);
    expect(house.log.join('\n')).not.toMatch(/was not done; it is tried again/);
  });

  test('puts back what somebody took away of what it waits for, counts it, and keeps the promise', async () => {
    const { id, channel, declared } = await begun('sev1 rms-auth@prod robbed');
    const incident = await house.incident(id, (one) => one.setup.pin.kind === 'done');
    const robbed = { before: incident, after: { ...incident, deadlines: [] }, messages: [] };
    const audit = { event: 'test.deadlines-deleted', actor: 'somebody', facts: {} };
    expect(await store.incidents.transition({ ...robbed, audit })).toMatchObject({ kind: 'done' });
    await house.restart();
    const whole = await house.incident(id, ({ deadlines }) => deadlines.length > 0);
    expect(whole.deadlines).toEqual(incident.deadlines);
    const metrics = await (await fetch(`${house.web()}/metrics`)).text();
    const count = new RegExp(
      `^gatehouse_incident_timers_repaired_total\\{kind="timers"\\} ${incident.deadlines.length}$`,
      'm',
    );
    expect(metrics).toMatch(count);
    expect(house.log.join('\n')).toMatch(/Timers of an incident were missing/);
    clock.shift(declared + pace - clock.now());
    await house.sees(engineer, /Update 1, automatic/, channel);
  });

  test('follows another pace from the moment that somebody sets it', async () => {
    const { id, channel, declared } = await begun('sev1 rms-auth@prod some are thrown out');
    await engineer.types('incident cadence 10m', channel);
    const { updates: promised } = await house.incident(
      id,
      (one) => one.updates.every === tenMinutes,
    );
    expect(promised.next).toBe(declared + tenMinutes);
    await house.sees(engineer, /Updates come every 10/, channel);
    await down(2.5 * tenMinutes);
    const late = await house.incident(id, (one) => one.updates.posted === 1);
    expect(late.updates).toMatchObject({ late: 1, merged: 1, next: declared + 3 * tenMinutes });
    expect(textOf(await house.sees(engineer, /I was offline/, channel))).toContain(
      'stands for 2 updates',
    );
  });
});

/** Nothing is due in it any more, and everything that it says has arrived. */
async function settled(id: string): Promise<void> {
  await house.incident(id, ({ deadlines }) => deadlines.every(({ at }) => at > clock.now()));
  const waiting = async () =>
    (await store.outbox.waiting()).filter(({ subject }) => subject.startsWith(`${id}/`));
  await expect.poll(waiting).toEqual([]);
}

test('checks that turn red again while it is watched put it back, loudly', async () => {
  const { id, channel } = await begun('sev1 rms-auth@prod it flaps');
  await engineer.types('incident state monitoring', channel);
  await house.incident(id, (one) => one.state === 'monitoring');
  house.machine('rms-auth').health = 'down';
  for (const _ of [1, 2]) {
    const seen = (await store.incidentSamples.since(id, 0)).length;
    clock.shift(minute);
    await expect
      .poll(async () => (await store.incidentSamples.since(id, 0)).length)
      .toBeGreaterThan(seen);
  }
  const after = await house.incident(id, (one) => one.state === 'mitigating');
  expect(after.watch).toBeNull();
  await house.sees(engineer, /red again|not good|mitigating/i, channel);
});
