import { beforeEach, describe, expect, test } from 'vitest';
import { restart } from '../../src/actions/restart.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import type { Policy } from '../../src/core/policy.ts';
import { createDesk } from '../../src/handlers/create-desk.ts';
import type { Answer, Asked, Desk } from '../../src/handlers/desk.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';
import { stillClock } from '../support/clock.ts';
import { type FakeRuns, fakeRuns } from '../support/fake-runner.ts';
import { quietLog } from '../support/quiet-log.ts';
import { buttonsIn, textsIn } from './run-desk.ts';

const catalogue: Catalogue = {
  defaultEnv: null,
  services: ['rms-auth', 'rust-auth'].map((name) => ({
    name,
    title: name,
    runbook: '000',
    owners: [],
    aliases: [],
    environments: [{ name: 'prod', production: true, drivers: {} }],
  })),
};
const rule = { deny: [], env: ['*'] };
const policy: Policy = {
  roles: { oncall: { members: ['user:UONCALL'] } },
  grants: [
    { ...rule, role: '*', allow: ['risk:read'] },
    { ...rule, role: 'oncall', allow: ['risk:high'] },
  ],
};

let clock: ReturnType<typeof stillClock>;
let runs: FakeRuns;
let posted: { to: string; message: Message }[];
let slack: { takes: boolean };
let said: Message[];
let opened: View[];
let desk: Desk;

const deskWith = (approvals: string | null): Desk =>
  createDesk({
    queries: [],
    actions: [restart],
    running: { ...runs.tools, approvals },
    catalogue,
    policy,
    directory: {
      standing: async (id, team) => {
        const person = { id, team, roles: id === 'UONCALL' ? ['oncall'] : [] };
        return id === 'ULOST'
          ? { kind: 'unverified', person, why: 'timeout' }
          : { kind: 'member', person };
      },
      members: async (role) => (role === 'oncall' ? ['UONCALL', 'UVIEWER'] : []),
    },
    targets: { probes: async () => [], offer: async () => null, close: async () => {} },
    clock,
    log: quietLog,
    redact: (text) => text.replaceAll('hunter2', '[secret]'),
    botName: 'Gatehouse',
    post: async (to, message) => {
      if (!slack.takes) throw new Error('channel_not_found');
      posted.push({ to, message });
    },
  });

beforeEach(() => {
  clock = stillClock();
  runs = fakeRuns();
  posted = [];
  slack = { takes: true };
  desk = deskWith('CAPPROVALS');
});

async function does(asked: Partial<Asked> & { kind: Asked['kind'] }, by: string): Promise<string> {
  said = [];
  opened = [];
  const answer: Answer = {
    say: async (message) => void said.push(message),
    attach: async () => {},
    replace: async () => {},
    open: async (view) => void opened.push(view),
    home: async () => {},
  };
  const place = { channel: 'C1', thread: null };
  await desk.handle({ asker: { id: by, team: 'T1' }, place, ...asked } as Asked, answer);
  return textsIn(said).join('\n');
}
const type = (text: string, by = 'UVIEWER') => does({ kind: 'command', text }, by);
const press = (action: string, value: string, by = 'UVIEWER') =>
  does({ kind: 'click', action, value }, by);
const command = 'restart rms-auth@prod --reason="memory leak"';

describe('a refusal of a change', () => {
  test('names the rule and who could, and has a button to ask them', async () => {
    const text = await type('restart rms-auth@prod --reason "memory leak"');
    expect(text).toContain('No rule of the grants allows it to you.');
    expect(text).toContain('Somebody with the role `oncall` could');
    expect(buttonsIn(said)).toEqual([
      { action: 'plea:ask', value: 'restart rms-auth@prod --reason "memory leak"' },
    ]);
    expect(text).toContain('Ask oncall');
    expect(posted).toEqual([]);
  });

  test.each([
    ['only the plan was wanted', 'plan restart rms-auth@prod', 'UVIEWER'],
    ['the roles are not known', 'restart rms-auth@prod', 'ULOST'],
    ['it is none', 'restart rms-auth@prod', 'UONCALL'],
  ])('has no such button when %s', async (_when, text, by) => {
    await type(text, by);
    expect(buttonsIn(said).filter(({ action }) => action.startsWith('plea:'))).toEqual([]);
  });
});

describe('a wish that is passed on', () => {
  test('is one message where those are who may, says who wants what, and does nothing', async () => {
    expect(await press('plea:ask', command)).toContain('It stands in <#CAPPROVALS> now.');
    expect(posted.map(({ to }) => to)).toEqual(['CAPPROVALS']);
    const [text] = textsIn(posted);
    expect(text).toContain('<@UVIEWER> would like this done');
    expect(text).toContain('`/auth restart rms-auth@prod --reason="memory leak"`');
    expect(buttonsIn(posted)).toEqual([{ action: 'plea:take', value: command }]);
    expect([runs.requests, runs.previews]).toEqual([[], []]);
  });

  test('goes to those who hold the role when there is no channel for it, and not to who asks', async () => {
    desk = deskWith(null);
    expect(await press('plea:ask', command)).toContain('One person was told');
    expect(posted.map(({ to }) => to)).toEqual(['user:UONCALL']);
  });

  test('is told once in ten minutes for each thing, whatever the reason says', async () => {
    await press('plea:ask', command);
    expect(await press('plea:ask', 'restart rms-auth@prod --reason=again')).toContain(
      'You have asked for that lately',
    );
    expect(posted).toHaveLength(1);
    await press('plea:ask', 'restart rust-auth@prod');
    await press('plea:ask', command, 'UOTHER');
    expect(posted).toHaveLength(3);
    clock.pass(600_000);
    await press('plea:ask', command);
    expect(posted).toHaveLength(4);
  });

  test('can be tried again when Slack did not take it', async () => {
    slack.takes = false;
    expect(await press('plea:ask', command)).toContain('nobody was told');
    slack.takes = true;
    expect(await press('plea:ask', command)).toContain('It stands in');
  });

  test('is not passed on for somebody who may ask by now, nor for somebody nobody knows', async () => {
    expect(await press('plea:ask', command, 'UONCALL')).toContain('you may ask for it yourself');
    expect(await press('plea:ask', command, 'ULOST')).toContain('could not be looked up');
    expect(posted).toEqual([]);
    expect(runs.requests).toEqual([]);
  });

  test('holds no secret and nothing that Slack takes for markup', async () => {
    await press('plea:ask', 'restart rms-auth@prod --reason="hunter2 <!channel> *x*"');
    const [text] = textsIn(posted);
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('<!channel>');
    expect(JSON.stringify(posted)).not.toContain('hunter2');
  });

  test.each(['', 'nonsense', 'help', 'runs', '"unclosed', 'stop-all now'])(
    'is none when the button carries %j',
    async (value) => {
      for (const action of ['plea:ask', 'plea:take']) {
        expect(await press(action, value)).toContain('This button belongs to nothing');
      }
      expect(posted).toEqual([]);
      expect((await runs.tools.killSwitch.state()).on).toBe(false);
    },
  );
});

describe('the button under it', () => {
  test('opens the form, filled in, for somebody who may, and asks for nothing itself', async () => {
    await press('plea:take', command, 'UONCALL');
    expect(opened).toHaveLength(1);
    expect(JSON.stringify(opened)).toContain('memory leak');
    expect(JSON.stringify(opened)).toContain('rms-auth@prod');
    expect([runs.requests, runs.previews]).toEqual([[], []]);
  });

  test('refuses everybody else, without offering to ask again', async () => {
    expect(await press('plea:take', command, 'UVIEWER')).toContain('You may not use `restart`');
    expect(opened).toEqual([]);
    expect(buttonsIn(said)).toEqual([]);
  });
});
