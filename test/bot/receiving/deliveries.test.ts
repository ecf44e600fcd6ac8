import { describe, expect, test } from 'vitest';
import { createDeliveries } from '../../../src/bot/receiving/deliveries.ts';
import { createRecentKeys } from '../../../src/bot/receiving/recent-keys.ts';
import type { Delivery, Intake } from '../../../src/core/intake.ts';
import { memoryIntake } from '../../../src/store/memory/memory-intake.ts';
import { intakeThat } from '../../support/intake-that.ts';
import { recordingLog } from '../recording-log.ts';
import { until } from '../tiny-slack.ts';

const delivery = (key: string): Delivery => ({ key, kind: 'command', actor: 'T1:U1' });
const hung = intakeThat({ record: () => new Promise(() => {}) });
const broken = intakeThat({ record: () => Promise.reject(new Error('the database is closed')) });

/** An intake that notes what it is given, and answers when it is told to. */
function slowIntake() {
  const keys: string[] = [];
  const answers: ((outcome: 'new' | 'seen') => void)[] = [];
  const record: Intake['record'] = ({ key }) => {
    keys.push(key);
    return new Promise((resolve) => answers.push(resolve));
  };
  return { intake: intakeThat({ record }), keys, answers };
}

const admitting = (intake: Intake, patience = 30) => {
  const log = recordingLog();
  return { log, ...createDeliveries({ intake, log, patience }) };
};

describe('what only reads', () => {
  test('is let in at once while the database hangs, and a copy is known at once', () => {
    const { admitReading } = admitting(hung);
    expect(admitReading(delivery('a'))).toBe('new');
    expect(admitReading(delivery('a'))).toBe('copy');
  });

  test('is written down afterwards', async () => {
    const intake = memoryIntake();
    admitting(intake).admitReading(delivery('a'));
    await until(() => true);
    expect(await intake.record(delivery('a'))).toBe('seen');
  });

  test('goes on when the database refuses', async () => {
    const { admitReading, log } = admitting(broken);
    expect(admitReading(delivery('a'))).toBe('new');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(admitReading(delivery('b'))).toBe('new');
    expect(log.lines).toEqual([]);
  });

  test('does not pile up in front of a database that hangs', () => {
    const { intake, keys } = slowIntake();
    const { admitReading } = admitting(intake);
    for (let count = 0; count < 5_000; count += 1) admitReading(delivery(`${count}`));
    expect(keys.length).toBeLessThan(1_000);
  });
});

describe('what may change something', () => {
  test('is let in when its row is committed, and not before', async () => {
    const { intake, answers } = slowIntake();
    let admission = 'undecided';
    const asked = admitting(intake, 10_000).admitChange(delivery('a'));
    void asked.then((decided) => {
      admission = decided;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(admission).toBe('undecided');
    answers[0]?.('new');
    expect(await asked).toBe('new');
  });

  test('is a copy when the database has it from before a restart', async () => {
    const intake = memoryIntake();
    await intake.record(delivery('a'));
    expect(await admitting(intake).admitChange(delivery('a'))).toBe('copy');
  });

  test('is a copy at once while the first is still being written', async () => {
    const { admitChange } = admitting(hung, 10_000);
    void admitChange(delivery('a'));
    expect(await admitChange(delivery('a'))).toBe('copy');
  });

  test('is not recorded when the database takes too long, and a row that lands late changes nothing', async () => {
    const { intake, answers } = slowIntake();
    const { admitChange, log } = admitting(intake);
    expect(await admitChange(delivery('a'))).toBe('not-recorded');
    answers[0]?.('new');
    expect(await admitChange(delivery('a'))).toBe('copy');
    expect(log.lines).toMatchObject([{ level: 'error', fields: { key: 'a' } }]);
  });

  test('is not recorded as soon as the database refuses', async () => {
    expect(await admitting(broken, 60_000).admitChange(delivery('a'))).toBe('not-recorded');
  });
});

test('at least so many of the newest keys are remembered, and at most twice as many', () => {
  const recent = createRecentKeys(3);
  for (const key of ['a', 'b', 'c', 'd', 'e']) expect(recent.add(key)).toBe(true);
  expect(['c', 'd', 'e'].map(recent.add)).toEqual([false, false, false]);
  for (const key of ['f', 'g', 'h']) recent.add(key);
  expect(recent.add('a')).toBe(true);
});

describe('what was let in', () => {
  /** What is said to be settled, and the rows that say so. */
  function settling(record: Intake['record'] = async () => 'new') {
    const settled: string[] = [];
    const settle: Intake['settle'] = async (keys) => void settled.push(...keys);
    return { settled, ...admitting(intakeThat({ record, settle })) };
  }

  test('is settled when it is finished, and not when it is left', async () => {
    const { settled, admitChange, finished, leave, flush } = settling();
    await admitChange(delivery('a'));
    await admitChange(delivery('b'));
    leave('b');
    finished('a');
    finished('b');
    await flush();
    expect(settled).toEqual(['a']);
  });

  test('and only reads is never settled', async () => {
    const { settled, admitReading, finished, flush } = settling();
    admitReading(delivery('a'));
    finished('a');
    await flush();
    expect(settled).toEqual([]);
  });

  test.each([
    ['lands', (): Promise<'new'> => soon().then(() => 'new')],
    ['may have landed', (): Promise<never> => soon().then(() => Promise.reject(new Error('cut')))],
  ])(
    'too late is settled when its row %s: who asked was told that nothing happens',
    async (_, record) => {
      const { settled, admitChange, flush } = settling(record);
      expect(await admitChange(delivery('a'))).toBe('not-recorded');
      await soon();
      await flush();
      expect(settled).toEqual(['a']);
    },
  );
});

/** Later than the patience of these tests. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 60));
