import { describe, expect, test } from 'vitest';
import type { Asked, LeftOver } from '../../../src/handlers/desk.ts';
import type { Message } from '../../../src/views/blocks/message.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { someRun, someYes } from '../../support/some-run.ts';
import { buttonsIn, runDesk, textsIn } from '../run-desk.ts';

const receivedAt = Date.UTC(2026, 0, 2, 10, 12);
const minute = 60_000;

/** What somebody is told of what they did. */
async function told(
  asked: object,
  options: Parameters<typeof fakeRuns>[0] = {},
  change: Partial<LeftOver> = {},
) {
  const { tools, ...noted } = fakeRuns(options);
  const said: Message[] = [];
  const asker = { id: 'UONCALL', team: 'T1' };
  const place = { channel: 'C1', thread: null };
  await runDesk(tools).tellLeftBehind(
    {
      asked: { asker, place, ...asked } as Asked,
      key: 'command:1',
      receivedAt,
      age: minute,
      whole: true,
      ...change,
    },
    { say: async (message) => void said.push(message) },
  );
  expect([noted.requests, noted.ballots, noted.cancelled]).toEqual([[], [], []]);
  return { text: textsIn(said).join('\n'), buttons: buttonsIn(said) };
}

const restart = { kind: 'command', text: 'restart rms-auth@prod --reason "memory leak"' };

describe('a change that was asked for', () => {
  test('is said not to be done, with a button that asks for it', async () => {
    const { text, buttons } = await told(restart);
    expect(text).toContain('2026-01-02 10:12 UTC');
    expect(text).toContain('Nothing was done and nothing was asked for');
    expect(buttons).toEqual([
      { action: 'ask:0', value: 'restart rms-auth@prod --reason "memory leak"' },
    ]);
  });

  test('is said to be a run when one came of it, and nothing asks for another', async () => {
    const { text, buttons } = await told(restart, { cameOf: someRun({ id: 'R9' }) });
    expect(text).toContain('It is run `R9`');
    expect(text).toContain('Nothing has to be asked for again');
    expect(buttons).toEqual([]);
  });

  test('has no button when it is old, or when something is missing of what was kept', async () => {
    for (const change of [{ age: 15 * minute }, { whole: false }]) {
      const { text, buttons } = await told(restart, {}, change);
      expect(text).toContain('type it again');
      expect(buttons).toEqual([]);
    }
  });

  test('may have been asked for by a form', async () => {
    const { buttons } = await told({
      kind: 'submission',
      callback: 'run:request',
      data: JSON.stringify({ command: 'restart', askedIn: 'C1' }),
      values: { target: 'rms-auth@prod', reason: 'it leaks' },
    });
    expect(buttons[0]?.value).toBe('restart rms-auth@prod --reason="it leaks"');
  });

  test('says nothing that is secret', async () => {
    const { text, buttons } = await told({
      kind: 'command',
      text: 'restart rms-auth@prod --reason hunter2',
    });
    expect(text + JSON.stringify(buttons)).not.toContain('hunter2');
  });
});

describe('a word to a run', () => {
  const click = { kind: 'click', action: 'run:approve', value: 'R7.01234567' };
  const mine = someRun({ votes: [{ ...someYes, person: 'UONCALL' }] });

  test.each([
    ['a click', click],
    ['a form', { kind: 'submission', callback: 'run:approve', data: 'R7.01234567', values: {} }],
    ['typing', { kind: 'command', text: 'approve R7' }],
  ])('by %s is said to count when it does, and otherwise not', async (_how, asked) => {
    expect((await told(asked, { runs: [mine] })).text).toContain('It was written down before that');
    const { text } = await told(asked, { runs: [someRun()] });
    expect(text).toContain('It does not count: the run is');
    expect(text).toContain('nothing counts twice');
  });

  test('counts as what it was: a yes is no no', async () => {
    const { text } = await told({ ...click, action: 'run:deny' }, { runs: [mine] });
    expect(text).toContain('It does not count');
  });

  test('taking back counts when the run is cancelled', async () => {
    const cancel = { ...click, action: 'run:cancel' };
    const cancelled = someRun({ state: 'cancelled' });
    expect((await told(cancel, { runs: [cancelled] })).text).toContain('It was written down');
    expect((await told(cancel)).text).toContain('It does not count');
  });
});

test('the button under a new plan asks for a run: it became one, or nothing came of it', async () => {
  const again = { kind: 'click', action: 'run:again', value: 'R7.01234567' };
  const { text } = await told(again, { cameOf: someRun({ id: 'R8' }) });
  expect(text).toContain('It is run `R8`, which is waiting');
  expect((await told(again)).text).toContain('Nothing was done and nothing was asked for');
});

test.each([
  { kind: 'command', text: 'stop-all "login storm"' },
  { kind: 'click', action: 'something', value: 'else' },
  { kind: 'click', action: 'run:approve', value: 'R8.01234567' },
  { kind: 'submission', callback: 'unknown', values: {} },
])('of anything else it is said that nobody knows: %o', async (asked) => {
  const { text, buttons } = await told(asked);
  expect(text).toContain('It is not known whether it was done');
  expect(buttons).toEqual([]);
});
