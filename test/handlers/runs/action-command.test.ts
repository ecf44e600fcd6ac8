import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Incident } from '../../../src/core/incident.ts';
import { err, ok } from '../../../src/core/result.ts';
import type { FormValues } from '../../../src/handlers/desk.ts';
import { declaredBy } from '../../../src/handlers/runs/action-command.ts';
import { checkView } from '../../../workspace/blocks/check.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { someIncident } from '../../support/some-incident.ts';
import { oneManager, someRun } from '../../support/some-run.ts';
import { ask, buttonsIn, lookedUp, textsIn, type } from '../run-desk.ts';

describe('asking for an action', () => {
  test('hands it on with target, parameters, reason, person and channel, and says so at once', async () => {
    const { tools, requests } = fakeRuns();
    const { text, said } = await type(
      tools,
      'restart rms-auth@prod --instance api --reason "memory leak"',
    );
    expect(requests).toEqual([
      {
        action: 'restart',
        target: { service: 'rms-auth', env: 'prod' },
        params: { instance: 'api' },
        reason: 'memory leak',
        by: { id: 'UONCALL', team: 'T1', roles: ['oncall'] },
        askedIn: 'C1',
      },
    ]);
    expect(text).toContain('*Restart rms-auth@prod* is asked for. It waits until <!date^');
    expect(text).toContain(
      'for: 1 person with the role `manager`. The request stands in <#CAPPROVALS>.',
    );
    expect(text).toContain('Run `R7`  ·  Plan `01234567`');
    expect(buttonsIn(said).map(({ action }) => action)).toEqual(['run:cancel', 'run:details']);
  });

  describe.each(['destructive', 'high'] as const)('that is %s', (risk) => {
    const asked = { state: 'asked', run: 'R-9', why: null, kept: null } as const;
    const evidence = { wantedBy: 1, by: 'U1', at: 0, tries: 0, ...asked };
    const asking = async (change: Partial<Incident>, find = true) => {
      const found = someIncident(7, { security: true, evidence, ...change });
      const plan = { ...(someRun().plan ?? expect.fail()), risk };
      const { tools } = fakeRuns({ request: async () => ok(someRun({ plan, incident: 'INC-7' })) });
      const incidents = {
        inChannel: async () => null,
        find: find ? async () => found : () => Promise.reject(new Error('no line')),
      };
      return type({ ...tools, incidents }, 'restart rms-auth@prod --incident INC-7');
    };

    test('in an incident about security says that nothing is kept yet, and offers it', async () => {
      const { text, said } = await asking({});
      const offered = buttonsIn(said).some(({ action }) => action === 'incident:evidence');
      expect(offered).toBe(risk === 'destructive');
      expect(/no evidence of what it is about is kept so far/.test(text)).toBe(offered);
      expect(/is being kept by `R-9`/.test(text)).toBe(offered);
    });

    test.each<[string, Partial<Incident>]>([
      ['evidence was kept', { evidence: { ...evidence, kept: 'R-9' } }],
      ['it is not about security', { security: false }],
    ])('says nothing of it where %s', async (_what, change) => {
      expect((await asking(change)).text).not.toMatch(/evidence/);
    });

    test('is asked for also when it cannot be read whether there is any', async () => {
      expect((await asking({}, false)).text).toContain('*Restart rms-auth@prod* is asked for');
    });
  });

  test.each<[string, Partial<Incident>, string | undefined]>([
    ['that everybody reads', {}, 'INC-7'],
    ['about security that they work on', { declaredBy: { id: 'UONCALL', team: 'T1' } }, 'INC-7'],
    ['about security that they may not read', {}, undefined],
  ])('in the channel of one %s', async (what, change, part) => {
    const security = what.includes('security');
    const here = someIncident(7, { security, ...change });
    const incidents = { inChannel: async () => here, find: async () => here };
    const { tools, requests } = fakeRuns();
    await type({ ...tools, incidents }, 'restart rms-auth@prod --reason x');
    expect(requests[0]?.incident).toBe(part);
  });

  test('takes roles that are at most half a minute old', async () => {
    lookedUp.length = 0;
    await type(fakeRuns().tools, 'restart rms-auth@prod');
    expect(lookedUp).toEqual([{ id: 'UONCALL', maxAge: 30_000 }]);
  });

  test('leaves out parameters that were not given', async () => {
    const { tools, requests } = fakeRuns();
    await type(tools, 'restart rms-auth@prod --reason x');
    expect(requests[0]?.params).toEqual({});
  });

  test('says what the runner refuses', async () => {
    const { tools } = fakeRuns({
      request: async () => err({ kind: 'nobody-could-approve', roles: ['manager'] }),
    });
    expect((await type(tools, 'restart rms-auth@prod')).text).toContain('Nobody but you could');
  });

  test('offers the confirmation where that is enough', async () => {
    const approval = { ...oneManager, slots: [], requesterConfirms: true };
    const { tools } = fakeRuns({ request: async () => ok(someRun({ approval })) });
    const { said, text } = await type(tools, 'restart rms-auth@prod');
    expect(text).toContain('the confirmation of <@UONCALL>');
    expect(buttonsIn(said)).toContainEqual({ action: 'run:confirm', value: 'R7.01234567' });
  });

  test.each(['restart rms-auth@prod | head 3', 'restart rms-auth@prod --reason a | count'])(
    'takes no filter, which may be the rest of a reason: %s',
    async (text) => {
      const { tools, requests } = fakeRuns();
      expect((await type(tools, text)).text).toContain('does not know what to do with');
      expect(requests).toEqual([]);
    },
  );

  test.each(['UMANAGER', 'ULOST', 'UGUEST'])('is not for %s', async (by) => {
    const { tools, requests, previews } = fakeRuns();
    await type(tools, 'restart rms-auth@prod --reason x', by);
    await type(tools, 'plan restart rms-auth@prod', by);
    const { opened } = await type(tools, 'restart', by);
    expect([requests, previews, opened]).toEqual([[], [], []]);
  });
});

describe('the plan alone', () => {
  test.each([
    'restart rms-auth@prod --dry-run',
    'plan restart rms-auth@prod',
    'Plan Bounce rms-auth@prod --reason "just looking"',
    'plan restart rms-auth --env prod',
  ])('%s shows it and asks for nothing', async (text) => {
    const { tools, requests, previews } = fakeRuns();
    const { text: said } = await type(tools, text);
    expect(said).toContain('nothing was done, and nobody was asked');
    expect(said).toContain('1. Restart the copy api');
    expect(previews).toHaveLength(1);
    expect(requests).toEqual([]);
  });

  test.each([
    'plan restart',
    'restart --dry-run',
    'plan restart rms-auth@prdo',
    'plan restart rms-auth',
  ])('%s leads nobody to a form that asks for the real thing', async (text) => {
    const { tools, requests } = fakeRuns();
    const { opened, said } = await type(tools, text);
    expect([opened, requests]).toEqual([[], []]);
    expect(said).toHaveLength(1);
  });

  test('of something else: says what can be planned', async () => {
    expect((await type(fakeRuns().tools, 'plan a party')).text).toContain('restart');
    expect((await type(fakeRuns().tools, 'plan a party', 'UMANAGER')).text).toContain(
      'nothing that you may change',
    );
  });
});

interface Field {
  type: string;
  block_id: string;
  element: { initial_option?: { value: string }; initial_value?: string };
}

const fieldsOf = (view: unknown) =>
  Object.fromEntries(
    (view as { blocks: Field[] }).blocks
      .filter(({ type: kind }) => kind === 'input')
      .map(({ block_id, element }) => [
        block_id,
        element.initial_option?.value ?? element.initial_value,
      ]),
  );

describe('a form', () => {
  test.each<[string, string, Record<string, string | undefined>]>([
    ['restart', 'none was named', {}],
    [
      'restart rms-auth --reason "memory leak"',
      'named with its environment',
      { reason: 'memory leak' },
    ],
    [
      'restart rust-auth@prdo --instance api',
      'Did you mean `rust-auth@prod`',
      { 'param:instance': 'api' },
    ],
    [
      'restart rms-auth@prod --reason memory leak',
      'know what to do with `leak`',
      { target: 'rms-auth@prod', reason: 'memory leak' },
    ],
    [
      'restart rust-auth --env staging --instanc api',
      'no flag `--instanc`',
      { target: 'rust-auth@staging' },
    ],
    ['restart rms-auth@prod --reason', 'needs a value', { target: 'rms-auth@prod' }],
  ])('is opened for %s, filled with what was given', async (text, complaint, filled) => {
    const { tools, requests } = fakeRuns();
    const { opened, said } = await type(tools, text);
    expect(said).toEqual([]);
    expect(requests).toEqual([]);
    expect(opened).toHaveLength(1);
    expect(checkView(opened[0] as never)).toBeNull();
    expect(textsIn(opened).join('\n')).toContain(complaint);
    expect(fieldsOf(opened[0])).toEqual({
      target: undefined,
      reason: undefined,
      'param:instance': undefined,
      ...filled,
    });
  });

  test('is opened when the reason is too short, with all that was given', async () => {
    const { tools } = fakeRuns({
      request: async () => err({ kind: 'reason-too-short', least: 8 }),
    });
    const { opened, said } = await type(
      tools,
      'restart rms-auth@prod --instance api --reason leak',
    );
    expect(said).toEqual([]);
    expect(fieldsOf(opened[0])).toEqual({
      target: 'rms-auth@prod',
      reason: 'leak',
      'param:instance': 'api',
    });
    expect(textsIn(opened).join()).toContain('at least 8 characters');
    const late = await type(tools, 'restart rms-auth@prod', 'UONCALL', true);
    expect(late.text).toContain('at least 8 characters');
  });

  test('gives way to a sentence when Slack takes none', async () => {
    const { tools } = fakeRuns();
    expect((await type(tools, 'restart', 'UONCALL', true)).text).toContain('needs a target');
  });

  test('hides what is secret in what was given', async () => {
    const { opened } = await type(fakeRuns().tools, 'restart --reason "it is hunter2"');
    expect(JSON.stringify(opened)).toContain('it is [secret]');
    expect(JSON.stringify(opened)).not.toContain('hunter2');
  });

  const data = JSON.stringify({ command: 'restart', askedIn: 'C9' });
  const send = (values: FormValues, by?: string, carried = data) => {
    const runs = fakeRuns();
    const sent = ask(
      runs.tools,
      { kind: 'submission', callback: 'run:request', values, data: carried },
      by,
    );
    return sent.then((got) => ({ ...runs, ...got }));
  };

  test('does the same as the command', async () => {
    const { requests, text } = await send({
      target: 'rms-auth@prod',
      reason: 'a "leak" --dry-run | count\n<!channel>',
      'param:instance': 'api',
    });
    expect(requests).toMatchObject([
      {
        target: { service: 'rms-auth', env: 'prod' },
        params: { instance: 'api' },
        reason: 'a "leak" --dry-run | count <!channel>',
        askedIn: 'C9',
      },
    ]);
    expect(text).toContain('is asked for');
  });

  test.each<[string, FormValues, string | undefined, string | undefined]>([
    ['a person who may not', { target: 'rms-auth@prod', reason: 'x' }, 'UMANAGER', undefined],
    [
      'a person who cannot be looked up',
      { target: 'rms-auth@prod', reason: 'x' },
      'ULOST',
      undefined,
    ],
    ['a target that does not exist', { target: 'nowhere@prod', reason: 'x' }, undefined, undefined],
    ['a target that is none', { target: '--dry-run', reason: 'x' }, undefined, undefined],
    [
      'characters that turn text around',
      { target: 'rms-auth@prod', reason: '\u202e' },
      undefined,
      undefined,
    ],
    ['no data', { target: 'rms-auth@prod', reason: 'x' }, undefined, ''],
    ['other data', { target: 'rms-auth@prod' }, undefined, '{"command":1}'],
    ['a flag that is none', { target: 'rms-auth@prod', 'param:nope': 'x' }, undefined, undefined],
    [
      'two targets',
      { target: 'rms-auth@prod', 'param:words': 'rust-auth@prod' },
      undefined,
      undefined,
    ],
    [
      'another environment',
      { target: 'rms-auth@prod', 'param:env': 'staging' },
      undefined,
      undefined,
    ],
  ])('does nothing with %s', async (_what, values, by, carried) => {
    const { requests, ballots, said, opened } = await send(values, by, carried);
    expect([requests, ballots]).toEqual([[], []]);
    expect(said.length + opened.length).toBe(1);
  });
});

test('parameters that are no object cannot be typed', () => {
  const action = {
    name: 'odd',
    summary: '',
    examples: [],
    aliases: [],
    runbook: '',
    baseRisk: 'low',
  } as const;
  expect(() => declaredBy({ ...action, params: z.string() })).toThrow('must be an object');
});
