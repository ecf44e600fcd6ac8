import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Incident, type SetupStep, setupSteps } from '../../../src/core/incident.ts';
import type { RoomTrouble } from '../../../src/core/incident-room.ts';
import { err, ok } from '../../../src/core/result.ts';
import { type SettingUp, setUp } from '../../../src/incidents/channel/set-up.ts';
import { createSetups } from '../../../src/incidents/channel/setups.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { asDone, attempt, declared, minute, ten } from '../stage.ts';

/** What happens to one try of a step: Slack says something else, or the process dies after Slack has done it. */
type Mishap = RoomTrouble | 'dies' | null;

const again: RoomTrouble = { kind: 'again', in: 7_000, why: 'Slack is slow' };
const never: RoomTrouble = { kind: 'never', why: 'missing scope' };
const noRight: RoomTrouble = { kind: 'again', in: 60_000, why: 'no right', lasting: true };

class Died extends Error {}

/** One incident, the Slack that its channel is in, and processes that take turns. */
function stage(mishaps: Readonly<Partial<Record<SetupStep, readonly Mishap[]>>>, security = false) {
  let incident = declared({ security });
  let now = ten;
  let records = 0;
  const slack = {
    channels: [] as string[],
    in: new Set<string>(),
    topic: '',
    pins: [] as string[],
  };
  const calls: { step: SetupStep; at: number }[] = [];
  const tried = new Map<SetupStep, number>();
  const step = async <T>(name: SetupStep, work: () => T) => {
    const time = tried.get(name) ?? 0;
    tried.set(name, time + 1);
    calls.push({ step: name, at: now });
    const mishap = mishaps[name]?.[time] ?? null;
    if (mishap !== null && mishap !== 'dies') return mishap;
    const value = work();
    if (mishap === 'dies') throw new Died();
    return { kind: 'done', value } as const;
  };
  const room: SettingUp['room'] = {
    create: ({ name }) =>
      step('channel', () => {
        if (slack.channels.length === 0) slack.channels.push(name); // what was made before is found again
        return { id: 'C9', name };
      }),
    invite: (_channel, people) =>
      step('invite', () => {
        for (const id of people) if (id !== 'U-gone') slack.in.add(id);
        return people.filter((id) => id === 'U-gone').map((id) => ({ id, why: 'user disabled' }));
      }),
    setTopic: (_channel, topic) =>
      step('topic', () => {
        slack.topic = topic;
        return null;
      }),
    bookmark: () => step('bookmark', () => null),
    pin: (_channel, ts) =>
      step('pin', () => {
        if (!slack.pins.includes(ts)) slack.pins.push(ts);
        return null;
      }),
  };
  let setups: ReturnType<typeof createSetups> | undefined;
  const tools: SettingUp = {
    room,
    life: {
      do: async (_id, command) => {
        const found = attempt(incident, command, { by: null, at: now });
        if (!found.ok) return err(found.error);
        records += 1;
        incident = asDone(incident, found.value, now).incident;
        return ok(incident);
      },
    },
    cardIn: async ({ channel }) => (channel === null ? null : '17.1'),
    link: () => ({ title: 'INC-42', link: 'https://example.com/42' }),
  };
  return {
    slack,
    calls,
    incident: () => incident,
    /** How many lines its timeline has of that. */
    records: () => records,
    /** Somebody comes by so many times, a minute after each other, and waits for what is done then. */
    async comeBy(times: number) {
      const find = async () => ({ incident, now });
      for (let time = 0; time < times; time += 1) {
        now += minute;
        setups ??= createSetups({ ...tools, incidents: { find }, log: quietLog });
        setups.comeBy(incident);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    /** Lets processes come by until nothing is left to be done, or that often. */
    async run(times = 60) {
      for (let time = 0; time < times; time += 1) {
        const due = incident.deadlines.find(({ kind }) => kind === 'setup');
        if (!due) return;
        now = Math.max(now, due.at);
        await setUp(tools, incident, now).catch((error: unknown) => {
          if (!(error instanceof Died)) throw error;
        });
      }
    },
    change(next: (incident: Incident) => Incident) {
      incident = next(incident);
    },
  };
}

const kinds = ({ setup }: Incident) => setupSteps.map((step) => setup[step].kind);

describe('making the channel of an incident', () => {
  test('does all of it, each step once and in its order', async () => {
    const all = stage({});
    await all.run();
    expect(kinds(all.incident())).toEqual(Array(7).fill('done'));
    const made = ['channel', 'invite', 'topic', 'bookmark', 'pin'];
    expect(all.calls.map(({ step }) => step)).toEqual(made);
    expect(all.incident().channel).toMatchObject({ id: 'C9', pinned: '17.1' });
  });

  test.each(['channel', 'invite', 'topic', 'bookmark', 'pin'] as const)(
    'does all of it though %s does not work the first time, and not before Slack takes it again',
    async (step) => {
      const all = stage({ [step]: [again] });
      await all.run();
      expect(kinds(all.incident())).toEqual(Array(7).fill('done'));
      const [first, second] = all.calls.filter((one) => one.step === step);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(7_000);
    },
  );

  test.each(['invite', 'topic', 'bookmark', 'pin'] as const)(
    'does everything else though %s never works, and keeps why',
    async (step) => {
      const all = stage({ [step]: [never] });
      await all.run();
      const { setup } = all.incident();
      expect(setup[step]).toMatchObject({
        kind: 'failed',
        why: expect.stringContaining('missing'),
      });
      const others = setupSteps.filter((one) => one !== step);
      expect(others.map((one) => setup[one].kind)).toEqual(Array(6).fill('done'));
    },
  );

  test('without a channel it is announced all the same, and what needs the channel has failed', async () => {
    const all = stage({ channel: [never] });
    await all.run();
    expect(kinds(all.incident())).toEqual([...Array(6).fill('failed'), 'done']);
  });

  test('a step that has to wait holds up no other', async () => {
    const all = stage({ topic: [{ ...again, in: 600_000 }] });
    await all.run(1);
    expect(all.incident().setup.pin.kind).toBe('done');
    expect(all.incident().deadlines.find(({ kind }) => kind === 'setup')?.at).toBe(ten + 600_000);
  });

  test('what Slack does not take yet is left alone while something else is tried again', async () => {
    const all = stage({ topic: [{ ...again, in: 600_000 }], pin: [again, again] });
    await all.run(3);
    expect(all.calls.filter(({ step }) => step === 'pin')).toHaveLength(3);
    expect(all.calls.filter(({ step }) => step === 'topic')).toHaveLength(1);
  });

  test('a right that is missing is written down once, and tried now and then until it is there', async () => {
    const all = stage({ bookmark: Array(7).fill(noRight) });
    await all.run();
    expect(all.incident().setup.bookmark).toMatchObject({ kind: 'open', why: 'no right' });
    expect(all.incident().setup.pin.kind).toBe('done');
    const written = all.records();
    await all.comeBy(30);
    expect(all.records()).toBe(written);
    const tried = all.calls.filter(({ step }) => step === 'bookmark').map(({ at }) => at);
    const pauses = tried.map((at) => (at - (tried[0] ?? 0)) / minute);
    expect(pauses.slice(1)).toEqual([1, 2, 4, 8, 16, 24]);
    await all.comeBy(8);
    expect(all.incident().setup.bookmark.kind).toBe('done');
    expect(all.records()).toBe(written + 1);
    await all.comeBy(8);
    expect(all.calls.filter(({ step }) => step === 'bookmark')).toHaveLength(8);
  });

  test('another right that is missing is written down as well', async () => {
    const all = stage({ topic: [noRight, noRight, { ...noRight, why: 'another right' }] });
    await all.run();
    const written = all.records();
    await all.comeBy(2);
    expect(all.records()).toBe(written + 1);
    expect(all.incident().setup.topic).toMatchObject({ why: 'another right' });
  });

  test('what Slack turns down for the same reason for minutes is no news any more', async () => {
    const all = stage({ topic: Array(100).fill(again) });
    await all.run();
    expect(all.calls.filter(({ step }) => step === 'topic').length).toBeLessThan(10);
    const written = all.records();
    await all.comeBy(10);
    expect(all.records()).toBe(written);
    expect(all.incident().deadlines.some(({ kind }) => kind === 'setup')).toBe(false);
  });

  test('who cannot be invited is named, and the others are in', async () => {
    const all = stage({});
    all.change((incident) => ({
      ...incident,
      roles: { ...incident.roles, scribe: { by: 'U-gone', at: ten } },
    }));
    await all.run();
    expect(all.incident().setup.invite).toEqual({
      kind: 'failed',
      why: 'user:U-gone (user disabled)',
    });
    expect([...all.slack.in]).toEqual(['U-sam', 'U-primary']);
  });

  test('what is about security says nothing of it in the topic', async () => {
    const all = stage({}, true);
    await all.run();
    expect(all.slack.topic).toBe('INC-42');
    expect(all.incident().channel?.private).toBe(true);
  });
});

const mishap = fc.constantFrom<Mishap>(null, again, 'dies', 'dies', never);
const anyMishaps = fc.record({
  channel: fc.array(mishap, { maxLength: 4 }),
  invite: fc.array(mishap, { maxLength: 4 }),
  topic: fc.array(mishap, { maxLength: 4 }),
  bookmark: fc.array(mishap, { maxLength: 4 }),
  pin: fc.array(mishap, { maxLength: 4 }),
});

test('whatever goes wrong, and whenever a process dies: one channel, and everything that can be done is', async () => {
  await fc.assert(
    fc.asyncProperty(anyMishaps, async (mishaps) => {
      const all = stage(mishaps);
      await all.run();
      const { setup, deadlines } = all.incident();
      expect(all.slack.channels.length).toBeLessThanOrEqual(1);
      expect(all.slack.pins.length).toBeLessThanOrEqual(1);
      expect(deadlines.some(({ kind }) => kind === 'setup')).toBe(false);
      const ends = (step: keyof typeof mishaps) =>
        mishaps[step].find((one) => one !== again && one !== 'dies') === never ? 'failed' : 'done';
      for (const step of ['channel', 'invite', 'topic', 'bookmark', 'pin'] as const) {
        const without = step !== 'channel' && ends('channel') === 'failed';
        expect([step, setup[step].kind]).toEqual([step, without ? 'failed' : ends(step)]);
      }
      expect(setup.announce.kind).toBe('done');
    }),
  );
});

test('whoever belongs there later is invited then, and nobody a second time', async () => {
  const all = stage({});
  await all.run();
  const taken = attempt(
    all.incident(),
    { kind: 'take-role', role: 'operations' },
    { by: 'U-dana', at: ten + minute },
  );
  all.change((before) => (taken.ok ? asDone(before, taken.value, ten + minute).incident : before));
  expect(all.incident().setup.invite.kind).toBe('open');
  all.slack.in.clear();
  await all.run();
  expect([...all.slack.in]).toEqual(['U-dana']);
});
