import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { err } from '../../../src/core/result.ts';
import { runStates } from '../../../src/core/run.ts';
import type { RunRefusal } from '../../../src/core/run-refusal.ts';
import type { Asked } from '../../../src/handlers/desk.ts';
import { checkView } from '../../../workspace/blocks/check.ts';
import { hostileText } from '../../properties/hostile-text.ts';
import { type FakeRuns, fakeRuns } from '../../support/fake-runner.ts';
import { oneManager, someRun } from '../../support/some-run.ts';
import { ask, buttonsIn, click, lookedUp, runDesk, textsIn } from '../run-desk.ts';

const value = 'R7.01234567';
const untouched = ({ requests, ballots, cancelled }: FakeRuns) =>
  expect([requests, ballots, cancelled]).toEqual([[], [], []]);

describe('a click on a run', () => {
  test('to approve is handed on with the plan that was seen and the person that Slack signed', async () => {
    const runs = fakeRuns();
    const { text } = await click(runs.tools, 'run:approve', value, 'UMANAGER');
    expect(runs.ballots).toEqual([
      {
        run: 'R7',
        planHash: '01234567',
        by: { id: 'UMANAGER', team: 'T1', roles: ['manager'] },
        kind: 'approve',
        note: null,
        typedTarget: null,
        code: null,
      },
    ]);
    expect(text).toContain('Your approval is recorded: *Restart rms-auth@prod*. It is approved');
  });

  test('to confirm and to take back is handed on', async () => {
    const runs = fakeRuns();
    await click(runs.tools, 'run:confirm', value);
    expect(runs.ballots).toMatchObject([{ kind: 'confirm', by: { id: 'UONCALL' } }]);
    const { text } = await click(runs.tools, 'run:cancel', value);
    expect(runs.cancelled).toEqual(['R7']);
    expect(text).toContain('You have taken it back');
  });

  test('reads roles that are at most half a minute old', async () => {
    lookedUp.length = 0;
    await click(fakeRuns().tools, 'run:approve', value, 'UMANAGER');
    await click(fakeRuns().tools, 'run:details', value, 'UMANAGER');
    expect(lookedUp.map(({ maxAge }) => maxAge)).toEqual([30_000, undefined]);
  });

  test('for details shows everything and changes nothing', async () => {
    const record = {
      id: 4,
      subject: 'R7',
      version: 1,
      at: 0,
      hash: '',
      event: 'run.requested',
      actor: 'user:T1/UONCALL',
      facts: {},
    };
    const runs = fakeRuns({ records: [record] });
    const { text } = await click(runs.tools, 'run:details', value, 'UMANAGER');
    expect(text).toContain('memory leak since noon');
    expect(text).toContain('run.requested  <@UONCALL>');
    expect(runs.searched).toEqual([{ subject: 'R7', limit: 100 }]);
    untouched(runs);
  });

  test.each<[string, RunRefusal, string]>([
    ['run:approve', { kind: 'own-request' }, 'You asked for this yourself'],
    ['run:approve', { kind: 'voted-already' }, 'counts once'],
    ['run:confirm', { kind: 'not-yours' }, 'Only the person who asked'],
  ])('%s tells what the runner refuses: %j', async (action, refusal, sentence) => {
    const { tools } = fakeRuns({ vote: async () => err(refusal) });
    expect((await click(tools, action, value)).text).toContain(sentence);
  });
});

describe('a form about a run', () => {
  test('asks why not before it denies', async () => {
    const runs = fakeRuns();
    const { opened, said } = await click(runs.tools, 'run:deny', value, 'UMANAGER');
    expect(said).toEqual([]);
    expect(checkView(opened[0] as never)).toBeNull();
    expect(opened[0]).toMatchObject({ callback_id: 'run:deny', private_metadata: value });
    untouched(runs);
    const form = { kind: 'submission', callback: 'run:deny', data: value } as const;
    const { text } = await ask(
      runs.tools,
      { ...form, values: { reason: ' not now ' } },
      'UMANAGER',
    );
    expect(runs.ballots).toMatchObject([
      { run: 'R7', planHash: '01234567', kind: 'deny', note: 'not now', by: { id: 'UMANAGER' } },
    ]);
    expect(text).toContain('Your no is recorded');
  });

  test.each(['approve', 'confirm'])(
    'asks for the target to %s, where the policy wants it',
    async (deed) => {
      const runs = fakeRuns({
        runs: [someRun({ approval: { ...oneManager, typedTarget: true } })],
      });
      const { opened } = await click(runs.tools, `run:${deed}`, value, 'UMANAGER');
      expect(checkView(opened[0] as never)).toBeNull();
      expect(textsIn(opened).join()).toContain(`type \`rms-auth@prod\` to ${deed} it`);
      untouched(runs);
      const values = { target: 'rms-auth@prod', note: null };
      const callback = `run:${deed}`;
      await ask(runs.tools, { kind: 'submission', callback, data: value, values }, 'UMANAGER');
      expect(runs.ballots).toMatchObject([
        { kind: deed, typedTarget: 'rms-auth@prod', note: null },
      ]);
    },
  );

  test('that Slack does not take any more gives way to the command that does the same', async () => {
    const { tools } = fakeRuns();
    const { text } = await click(tools, 'run:deny', value, 'UMANAGER', true);
    expect(text).toContain('/auth deny R7 "why not"');
  });

  test.each(runStates.filter((state) => state !== 'waiting' && state !== 'approved'))(
    'is not opened for a run that is %s',
    async (state) => {
      const { tools } = fakeRuns({ runs: [someRun({ state })] });
      const { opened, text } = await click(tools, 'run:deny', value, 'UMANAGER');
      expect(opened).toEqual([]);
      expect(text).toContain('It is too late for that');
    },
  );
});

const deeds = ['approve', 'deny', 'confirm', 'cancel'] as const;

describe('nothing happens, and the clicker is told', () => {
  test.each([
    ['R7', 'belongs to nothing that I know'],
    ['', 'belongs to nothing that I know'],
    ['R7.0123456', 'belongs to nothing that I know'],
    ['R7.01234567.UMANAGER', 'belongs to nothing that I know'],
    ['R7.0123456G', 'belongs to nothing that I know'],
    ['R7.01234567\n', 'belongs to nothing that I know'],
    [`${'R'.repeat(65)}.01234567`, 'belongs to nothing that I know'],
    ['R8.01234567', 'There is no run `R8`'],
    ['__proto__.01234567', 'There is no run'],
    ['R7.76543210', 'The plan is another one now (`01234567`) than the one you saw (`76543210`)'],
  ])('when a value was tampered with, is foreign or stale: %j', async (tampered, sentence) => {
    for (const deed of deeds) {
      const runs = fakeRuns();
      const { text, opened } = await click(runs.tools, `run:${deed}`, tampered, 'UMANAGER');
      expect(text).toContain(sentence);
      expect(opened).toEqual([]);
      untouched(runs);
    }
  });

  test('when a form comes back with other data', async () => {
    for (const data of ['R7.76543210', 'R8.01234567', '{}', undefined]) {
      const runs = fakeRuns();
      const values = { reason: 'x', target: 'rms-auth@prod' };
      const form = { kind: 'submission', callback: 'run:deny', values } as const;
      const { said } = await ask(runs.tools, { ...form, ...(data && { data }) }, 'UMANAGER');
      expect(said).toHaveLength(1);
      untouched(runs);
    }
  });

  test.each([
    'run:approve2',
    'run:',
    'run',
    'run:approve:',
    'run.approve',
    'RUN:approve',
    'run:request',
  ])('when the button is %s', async (action) => {
    const runs = fakeRuns();
    expect((await click(runs.tools, action, value)).text).toContain('belongs to nothing');
    untouched(runs);
  });

  test.each(deeds)('when roles cannot be looked up: %s', async (deed) => {
    const runs = fakeRuns();
    const { text, opened } = await click(runs.tools, `run:${deed}`, value, 'ULOST');
    expect(text).toContain('Your roles could not be looked up (`timeout`), so nothing was done');
    expect(opened).toEqual([]);
    untouched(runs);
  });

  test('when a guest clicks', async () => {
    const runs = fakeRuns();
    const { text } = await click(runs.tools, 'run:approve', value, 'UGUEST');
    expect(text).toContain('Guests of the workspace');
    untouched(runs);
  });

  test('when the run has no plan yet', async () => {
    const runs = fakeRuns({ runs: [someRun({ state: 'requested', plan: null })] });
    await click(runs.tools, 'run:approve', value, 'UMANAGER');
    untouched(runs);
  });

  test('whatever the value is', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, fc.constantFrom(...deeds), async (tampered, deed) => {
        const runs = fakeRuns();
        await click(runs.tools, `run:${deed}`, tampered, 'UMANAGER');
        await click(runs.tools, `run:${deed}`, `${tampered}.${value}`, 'UMANAGER');
        untouched(runs);
      }),
      { numRuns: 100 },
    );
  });
});

test('every button of the answers and cards is one that is known', async () => {
  const { tools } = fakeRuns();
  const { said } = await click(tools, 'run:details', value);
  for (const button of buttonsIn(said)) expect(button.action).toMatch(/^run:|^ask/);
});

describe('what may change something is known before anything is looked up', () => {
  const desk = runDesk(fakeRuns().tools);
  const asker = { id: 'UONCALL', team: 'T1' };
  const place = { channel: 'C1', thread: null };
  const pressed = (action: string): Asked => ({ kind: 'click', action, value: 'x', asker, place });
  const sent = (callback: string, data = ''): Asked => ({
    kind: 'submission',
    callback,
    values: {},
    data,
    asker,
  });
  const typed = (text: string): Asked => ({ kind: 'command', text, asker, place });
  test.each<[Asked, boolean]>([
    [pressed('run:approve'), true],
    [pressed('run:deny'), true],
    [pressed('run:confirm'), true],
    [pressed('run:cancel'), true],
    [pressed('run:again'), true],
    [pressed('run:details'), false],
    [pressed('run:other'), true],
    [sent('run:deny'), true],
    [sent('run:approve'), true],
    [sent('run:confirm'), true],
    [sent('run:request'), true],
    [sent('run:request', '{"command":"help","askedIn":null}'), true],
    [sent('run:details'), true],
    [typed('restart rms-auth@prod'), true],
    [typed('approve R7'), true],
    [typed('confirm R7'), true],
    [typed('deny R7 no'), true],
    [typed('cancel R7'), true],
    [typed('runs'), false],
    [typed('run R7'), false],
    [typed('audit'), false],
    [typed('plan restart rms-auth@prod'), false],
  ])('%j', (asked, changes) => {
    expect(desk.changes(asked)).toBe(changes);
  });
});
