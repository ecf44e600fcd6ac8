import { describe, expect, test } from 'vitest';
import { health } from '../../src/actions/health.ts';
import type { Probe, Reading } from '../../src/core/capabilities.ts';
import { stillClock } from '../support/clock.ts';
import { catalogueOf, probeThat, scriptedTargets } from '../support/scripted-targets.ts';

const target = { service: 'rms-auth', env: 'prod' };

/** Runs the query over these probes, with a clock that the probes can move. */
async function run(count: number, make: (clock: ReturnType<typeof stillClock>) => Probe[]) {
  const clock = stillClock();
  const list = make(clock);
  const targets = scriptedTargets({ 'rms-auth@prod': { probes: { list: () => list } } });
  const tools = { catalogue: catalogueOf(['rms-auth']), targets, clock };
  const report = await health.run({ count, deadline: 20 }, target, tools);
  const rows = report.parts.flatMap((part) => (part.kind === 'states' ? part.rows : []));
  return { report, rows };
}

/** Answers these one after the other, each after so many milliseconds. */
const answering =
  (...answers: [number, Reading['health'], string][]) =>
  (clock: ReturnType<typeof stillClock>) => {
    const left = [...answers];
    return [
      probeThat('ready', async () => {
        const [took, health, detail] = left.shift() ?? [0, 'unknown', 'asked too often'];
        clock.pass(took);
        return { health, detail };
      }),
    ];
  };

describe('health', () => {
  test('runs a check so many times and tells fastest, slowest and median', async () => {
    const { rows } = await run(
      3,
      answering([30, 'up', '200 in 30 ms'], [10, 'up', '200 in 10 ms'], [20, 'up', '200 in 20 ms']),
    );
    expect(rows).toMatchObject([
      {
        name: 'ready',
        health: 'up',
        detail: '200 in 20 ms · 3 of 3 up, 10 ms to 30 ms, median 20 ms',
      },
    ]);
  });

  test('one bad answer among good ones is told, and makes the row bad', async () => {
    const { rows } = await run(
      3,
      answering(
        [10, 'up', '200 in 10 ms'],
        [10, 'down', '500 in 10 ms'],
        [10, 'up', '200 in 10 ms'],
      ),
    );
    expect(rows[0]).toMatchObject({ health: 'down' });
    expect(rows[0]?.detail).toMatch(/^500 in 10 ms · 2 of 3 up/);
  });

  test('once is told without figures', async () => {
    const { rows } = await run(1, answering([8, 'up', '200 in 8 ms']));
    expect(rows[0]?.detail).toBe('200 in 8 ms');
  });

  test('a check that hangs is not asked again, and holds up no other', async () => {
    let asked = 0;
    const hung = probeThat('hung', () => {
      asked += 1;
      return new Promise(() => {});
    });
    const quick = probeThat('quick', async () => ({ health: 'up', detail: 'fine' }));
    const { rows } = await run(5, () => [hung, quick]);
    expect(asked).toBe(1);
    expect(rows.map(({ name, health }) => [name, health])).toEqual([
      ['hung', 'unknown'],
      ['quick', 'up'],
    ]);
    expect(rows[0]?.detail).toBe('no answer within 20 ms');
    expect(rows[1]?.detail).toContain('5 of 5 up');
  });

  test('a target without checks is said to have none', async () => {
    const { report } = await run(3, () => []);
    expect(report.parts).toEqual([{ kind: 'text', text: 'It has no checks.' }]);
  });

  test('the next look asks as often', async () => {
    const { report } = await run(1, answering([8, 'up', 'fine']));
    expect(report.next[0]).toEqual({
      label: 'Refresh',
      command: 'health rms-auth@prod --count 1',
    });
  });
});

test('the count is from 1 to 10', () => {
  expect(health.params.parse({})).toEqual({ count: 3, deadline: 2_500 });
  for (const count of [0, 11, 1.5]) expect(health.params.safeParse({ count }).success).toBe(false);
});
