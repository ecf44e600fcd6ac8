import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { Sample } from '../../src/core/incidents.ts';
import {
  deadline,
  declared,
  done,
  dueAt,
  dueNow,
  having,
  minute,
  refusal,
  rules,
  sample,
  ten,
} from './stage.ts';

const watched = (more: Parameters<typeof declared>[0] = {}): Incident =>
  having(declared(more), [{ kind: 'move', to: 'monitoring', reason: null }, { at: ten }]);
const each = (healths: readonly Sample['health'][], from = ten) =>
  healths.map((health, k) => sample(from + k * minute, health));
const green = each(Array<'up'>(16).fill('up'));
const end = (incident: Incident, samples: readonly Sample[]) =>
  done(incident, dueNow(incident, 'watch', { samples }), {
    by: null,
    at: deadline(incident, 'watch')?.at ?? 0,
  });
const sampled = (recent: readonly Sample[]) => ({ kind: 'sampled', recent }) as const;

describe('the watch', () => {
  test('lasts 15 minutes, 30 after a release was changed or about security', () => {
    expect(dueAt(watched(), 'watch')).toBe(15);
    const run = {
      kind: 'run',
      run: 'R1',
      event: 'succeeded',
      by: 'U-sam',
      facts: { action: 'rollback' },
    } as const;
    const rolled = having(
      declared(),
      [run, { by: null, at: ten }],
      [{ kind: 'move', to: 'monitoring', reason: null }, { at: ten }],
    );
    expect(dueAt(rolled, 'watch')).toBe(30);
    expect(dueAt(watched({ security: true }), 'watch')).toBe(30);
  });

  test('that was green to its end lets it be resolved without a reason', () => {
    const passed = end(watched(), green);
    expect(passed.event).toBe('incident.watch-passed');
    expect(passed.incident.watch?.state).toBe('passed');
    expect(deadline(passed.incident, 'watch')).toBeUndefined();
    const resolution = {
      fix: 'a restart',
      cause: 'unknown',
      causeText: null,
      customerText: null,
      withoutWatch: null,
    } as const;
    const over = done(passed.incident, {
      kind: 'resolve',
      resolution,
      started: null,
      ended: null,
      followUps: [],
    });
    expect(over.incident.state).toBe('resolved');
  });

  test.each([
    ['nothing was seen', []],
    ['too little was seen', each(['up', 'up', 'up'], ten + 12 * minute)],
    ['nobody has looked lately', each(Array<'up'>(10).fill('up'))],
    ['what was seen is not known to be good', each(Array<'unknown'>(16).fill('unknown'))],
    ['the last of it was red', [...green.slice(0, 15), sample(ten + 15 * minute, 'down')]],
  ])('goes on for a while when %s, and says so', (_what, samples) => {
    const on = end(watched(), samples);
    expect(on.event).toBe('incident.watched-longer');
    expect(on.facts).toMatchObject({ unseen: true });
    expect(dueAt(on.incident, 'watch')).toBe(20);
  });

  test.each([1, 2, 3])(
    'of %s minutes passes when its own looks are good, whatever was red before it began',
    (length) => {
      const from = ten + 30_000;
      const clock = { ...rules.clock, 1: { ...rules.clock[1], watch: length * minute } };
      const short = having(declared({}, { rules: { ...rules, clock } }), [
        { kind: 'move', to: 'monitoring', reason: null },
        { at: from },
      ]);
      const before = each(['down', 'down', 'down'], ten - 2 * minute);
      const good = each(Array<'up'>(length).fill('up'), ten + minute);
      expect(end(short, [...before, ...good]).event).toBe('incident.watch-passed');
      const on = end(short, before);
      expect(on.facts).toMatchObject({ unseen: true });
      expect(dueAt(on.incident, 'watch')).toBe(2 * length + 0.5);
    },
  );

  test('of what nobody can check is the time alone, and says so', () => {
    expect(end(watched({ target: null }), []).facts).toMatchObject({ unchecked: true });
  });

  test.each([[['up', 'down', 'down']], [['down', 'up', 'up', 'up', 'degraded']]] as const)(
    'with %j puts it back to mitigating, loudly',
    (healths) => {
      const red = done(watched(), sampled(each(healths)), { by: null });
      expect(red.incident).toMatchObject({ state: 'mitigating', watch: null });
      expect(red.incident.times.mitigated).toBeNull();
      expect(red.told).toEqual(['incident:INC-42 0', 'user:U-sam 0']);
    },
  );

  test.each([
    [['up', 'up', 'down']],
    [['down', 'up', 'up', 'up', 'up', 'down']],
    [['unknown', 'unknown', 'unknown']],
  ] as const)('with %j goes on', (healths) => {
    expect(refusal(watched(), sampled(each(healths)), { by: null })).toMatchObject({
      kind: 'not-now',
    });
  });

  test('counts nothing from before it began', () => {
    const before = each(['down', 'down', 'down'], ten - 10 * minute);
    expect(refusal(watched(), sampled(before), { by: null })).toMatchObject({ kind: 'not-now' });
  });

  test('that has passed is still ended by what turns red', () => {
    const passed = end(watched(), green).incident;
    const red = each(['down', 'down'], ten + 16 * minute);
    expect(done(passed, sampled(red), { by: null }).incident.state).toBe('mitigating');
  });

  test('goes on for longer when somebody says so', () => {
    const passed = end(watched(), green).incident;
    const more = done(passed, { kind: 'watch-more', ms: 15 * minute }, { at: ten + 16 * minute });
    expect(dueAt(more.incident, 'watch')).toBe(31);
    expect(more.incident.watch?.state).toBe('running');
    expect(refusal(declared(), { kind: 'watch-more', ms: 15 * minute })).toMatchObject({
      kind: 'not-now',
    });
  });
});
