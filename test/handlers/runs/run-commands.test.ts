import { describe, expect, test } from 'vitest';
import type { ApprovalPolicy } from '../../../src/core/approval-policy.ts';
import type { AuditRecord } from '../../../src/core/audit.ts';
import { defaultApprovals } from '../../../src/core/default-approvals.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { someIncident } from '../../support/some-incident.ts';
import { asked, oneManager, someRun, someYes } from '../../support/some-run.ts';
import { ask, buttonsIn, textsIn, type } from '../run-desk.ts';

/** A record of a run that did not end well. */
const record = (id: number, subject: string): AuditRecord => ({
  id,
  subject,
  version: 1,
  at: asked,
  hash: '',
  event: 'run.failed',
  actor: 'gatehouse',
  facts: {
    action: 'restart',
    service: 'rms-auth',
    env: 'prod',
    from: 'executing',
    to: 'failed',
    note: '<!channel>',
  },
});

describe('deciding by typing goes the way of the buttons', () => {
  test.each<[string, object]>([
    ['approve R7', { kind: 'approve', note: null, typedTarget: null }],
    ['approve R7.01234567 --note fine', { kind: 'approve', note: 'fine' }],
    ['approve R7 --target rms-auth@prod', { kind: 'approve', typedTarget: 'rms-auth@prod' }],
    ['confirm R7', { kind: 'confirm', note: null }],
    ['deny R7 "not during | the match"', { kind: 'deny', note: 'not during | the match' }],
    ['reject R7 not during the match', { kind: 'deny', note: 'not during the match' }],
  ])('%s', async (text, ballot) => {
    const { tools, ballots } = fakeRuns();
    await type(tools, text, 'UMANAGER');
    const by = { id: 'UMANAGER', team: 'T1', roles: ['manager'] };
    expect(ballots).toEqual([
      expect.objectContaining({ run: 'R7', planHash: '01234567', by, ...ballot }),
    ]);
  });

  test('taking back', async () => {
    const { tools, cancelled } = fakeRuns();
    await type(tools, 'cancel R7');
    expect(cancelled).toEqual(['R7']);
  });

  test.each([
    ['approve', 'something has to follow it (The run, by its id)'],
    ['help approve', '`/auth approve WORDS'],
    ['help approve', 'Such as `/auth approve RUN`'],
    ['approve RUN', 'RUN stands for the id of a run'],
    ['deny R7', 'expected the run, and why not'],
    ['approve R8', 'There is no run `R8`'],
    ['cancel R8', 'There is no run `R8`'],
    ['approve R7.76543210', 'The plan is another one now'],
    ['approve R7 R8', 'expected one run'],
  ])('%s does nothing and says why', async (text, sentence) => {
    const { tools, ballots, cancelled } = fakeRuns();
    expect((await type(tools, text, 'UMANAGER')).text).toContain(sentence);
    expect([ballots, cancelled]).toEqual([[], []]);
  });

  test.each(['approve R7', 'deny R7 no', 'confirm R7', 'cancel R7'])(
    '%s does nothing while roles cannot be looked up',
    async (text) => {
      const { tools, ballots, cancelled } = fakeRuns();
      expect((await type(tools, text, 'ULOST')).text).toContain('could not be looked up');
      expect([ballots, cancelled]).toEqual([[], []]);
    },
  );
});

describe('runs', () => {
  const over = someRun({ id: 'R1', state: 'failed', changedAt: asked });

  test('lists the open ones and the latest that ended, with buttons for all about them', async () => {
    const { tools } = fakeRuns({
      runs: [someRun(), over],
      records: [record(3, 'R7'), record(2, 'R1'), record(1, 'R1')],
    });
    const { text, said } = await type(tools, 'runs', 'UANY');
    expect(text).toMatch(/Open:[\s\S]*R7 Restart rms-auth@prod\*: waiting, 59 s ago; memory leak/);
    expect(text).toMatch(
      /The latest that ended:[\s\S]*R1 Restart rms-auth@prod\*: failed, 1 m ago/,
    );
    expect(buttonsIn(said).map(({ value }) => value)).toEqual(['run R7', 'run R1']);
    expect(JSON.stringify(said)).toContain('"Details of R7"');
  });

  test('finds the latest that ended also far back in the audit', async () => {
    const others = Array.from({ length: 900 }, (_, index) =>
      record(1_000 - index, `system:${index}`),
    );
    const { tools } = fakeRuns({ runs: [over], records: [...others, record(2, 'R1')] });
    expect((await type(tools, 'runs', 'UANY')).text).toContain('R1 Restart rms-auth@prod');
  });

  test('says so when there are none', async () => {
    const { text } = await type(fakeRuns({ runs: [] }).tools, 'runs');
    expect(text).toContain('Nothing is open');
  });

  test('of one shows its card and what was written down, also while the audit cannot be read', async () => {
    const { tools } = fakeRuns({ records: [record(3, 'R7')] });
    expect((await type(tools, 'run R7', 'UANY')).text).toContain('run.failed  `gatehouse`');
    const audit = { find: () => Promise.reject(new Error('down')) };
    const { text } = await type({ ...tools, audit }, 'run R7', 'UANY');
    expect(text).toContain('memory leak since noon');
    expect(text).toContain('cannot be read now');
    expect((await type(tools, 'run R8', 'UANY')).text).toContain('There is no run `R8`');
  });

  test.each([
    ['rms-auht', 'There is no service `rms-auht` now; what comes nearest is `rms-auth`.'],
    ['nonsense', 'There is no service `nonsense` now; there are `rms-auth`, `rust-auth`.'],
  ])(
    'of a service that is not there are looked for, and the real ones named: %s',
    async (typed, said) => {
      const { tools, searched } = fakeRuns({ records: [] });
      expect((await type(tools, `audit --service ${typed}`, 'UAUDIT')).text).toContain(said);
      expect(searched).toMatchObject([{ service: typed }]);
    },
  );

  test('are searched in the audit by person, service, action, run and time', async () => {
    const { tools, searched } = fakeRuns();
    await type(
      tools,
      'audit --person <@UONCALL> --service rms-auth --action restart --run R7 --since 1h --before 90',
      'UAUDIT',
    );
    expect(searched).toEqual([
      {
        actor: 'user:T1/UONCALL',
        service: 'rms-auth',
        action: 'restart',
        subject: 'R7',
        since: asked + 60_000 - 3_600_000,
        beforeId: 90,
        limit: 21,
      },
    ]);
  });

  test('are shown twenty records a page, until there are no more', async () => {
    const records = Array.from({ length: 45 }, (_, index) => record(45 - index, 'R7'));
    const { tools } = fakeRuns({ records });
    const seen: string[] = [];
    let command: string | undefined = 'audit --service rms-auth --since 1h';
    const pages: string[] = [];
    while (command !== undefined) {
      const got = await ask(tools, { kind: 'click', action: 'ask:0', value: command }, 'UAUDIT');
      seen.push(...[...got.text.matchAll(/#(\d+) /g)].map(([, id]) => id ?? ''));
      pages.push(command);
      command = buttonsIn(got.said)[0]?.value;
    }
    expect(seen).toEqual(records.map(({ id }) => String(id)));
    expect(pages).toHaveLength(3);
    expect(pages[1]).toContain('--before=26');
    expect(pages[1]).toContain('--service=rms-auth');
  });

  test('are searched in the audit up to a time too, and incidents as well', async () => {
    const { tools, searched } = fakeRuns();
    await type(tools, 'audit --incident INC-7 --since 2d --until 1d', 'UAUDIT');
    const [query] = searched;
    expect(query).toMatchObject({ incident: 'INC-7' });
    expect(query).not.toHaveProperty('subject');
    expect((query?.until ?? 0) - (query?.since ?? 0)).toBe(86_400_000);
  });

  test.each([
    ['INC-42', 'INC-42'],
    ['inc-42', 'INC-42'],
    ['42', 'INC-42'],
  ])('are found by their incident in the audit, however it is written: %s', async (typed, id) => {
    const { tools, searched } = fakeRuns();
    await type(tools, `audit --incident ${typed} --run R7`, 'UAUDIT');
    expect(searched).toMatchObject([{ incident: id, subject: 'R7' }]);
  });

  test.each(['INC-0', 'INC-x', 'the-login-one'])(
    'are not searched in the audit for what is no incident: %s',
    async (typed) => {
      const { tools, searched } = fakeRuns();
      const { text } = await type(tools, `audit --incident ${typed}`, 'UAUDIT');
      expect(text).toContain('expected an incident, such as INC-42');
      expect(searched).toEqual([]);
    },
  );

  test('are written in the audit as text that is no markup', async () => {
    const { tools } = fakeRuns({ records: [record(1, 'R7')] });
    const { text } = await type(tools, 'audit', 'UAUDIT');
    expect(text).toContain('#1 <!date^1767323045^');
    expect(text).toContain(
      '*run.failed* · `gatehouse` · `R7` restart rms-auth@prod, executing → failed',
    );
    expect(text).toContain('&lt;!channel&gt;');
  });

  test('are narrowed by filters in the audit too', async () => {
    const { tools } = fakeRuns({ records: [record(3, 'R7'), record(2, 'R1'), record(1, 'R7')] });
    const { text } = await type(tools, 'audit | grep "subject\\":\\"r7" | head 1', 'UAUDIT');
    expect([...text.matchAll(/#(\d+) /g)].map(([, id]) => id)).toEqual(['3']);
  });

  test.each(['runs', 'run R7', 'audit', 'approve R7', 'cancel R7'])(
    '%s says that the database is away, and what still works',
    async (text) => {
      const { tools, ballots } = fakeRuns({ broken: new Error('the database is closed') });
      const { text: said } = await type(
        { ...tools },
        text,
        text === 'audit' ? 'UAUDIT' : 'UMANAGER',
      );
      expect(said).toContain('the database is closed');
      expect(said).toContain('Everything else still works');
      expect(ballots).toEqual([]);
    },
  );

  test.each(['audit --person somebody', 'audit --since never', 'audit --run RUN'])(
    '%s searches nothing and says what it wants',
    async (text) => {
      const { tools, searched } = fakeRuns();
      expect((await type(tools, text, 'UAUDIT')).text).toContain('cannot be used like this');
      expect(searched).toEqual([]);
    },
  );

  test('are for everybody to see, and the audit is not', async () => {
    const { tools, searched } = fakeRuns();
    expect((await type(tools, 'audit', 'UANY')).text).toContain('role `auditor` could');
    expect((await ask(tools, { kind: 'mention', text: 'audit' }, 'UAUDIT')).text).toContain(
      'only you see the answer',
    );
    expect(searched).toEqual([]);
  });
});

describe('what people wrote about a run of an incident about security', () => {
  const written = 'the attacker reads Redis';
  const runs = [{ ...someRun(), incident: 'INC-7', reason: written }];
  const records = [{ ...record(1, 'R7'), facts: { reason: written } }];
  const incident = someIncident(7, { security: true });
  const told = async (text: string, who: string, found: Incident | null = incident) => {
    const { tools } = fakeRuns({ runs, records });
    const incidents = { find: async () => found, inChannel: async () => found };
    return JSON.stringify(await type({ ...tools, incidents }, text, who));
  };

  test.each(['run R7', 'runs'])('%s tells it to who works on that, and who asked', async (text) => {
    expect(await told(text, 'UMANAGER')).toContain(written);
    expect(await told(text, runs[0]?.requestedBy.id ?? '')).toContain(written);
  });

  test.each(['run R7', 'runs'])('%s tells nobody else', async (text) => {
    for (const found of [incident, null]) {
      const said = await told(text, 'UAUDIT', found);
      expect(said).not.toContain(written);
      expect(said).toContain('who works on that can read why');
    }
  });

  test('is told to everybody where it is not about security', async () => {
    expect(await told('run R7', 'UAUDIT', { ...incident, security: false })).toContain(written);
  });
});

describe('a person is told what is theirs', () => {
  test('the help lists what they may ask for, and how to decide for those whose word counts', async () => {
    const some = ['approve', 'deny', 'review', 'confirm', 'cancel', 'plan', 'claim', 'release'];
    const all = ['restart', ...some, 'stop-all', 'resume-all', 'runs', 'claims'];
    const shownTo = async (who: string, approvalPolicy: ApprovalPolicy = defaultApprovals) => {
      const { text } = await type({ ...fakeRuns().tools, approvalPolicy }, 'help', who);
      return all.filter((name) => text.includes(`\`${name}\``));
    };
    const asking = ['confirm', 'cancel', 'plan', 'claim', 'release', 'stop-all'];
    expect(await shownTo('UANY')).toEqual(['runs', 'claims']);
    expect(await shownTo('UONCALL')).toEqual(['restart', ...asking, 'runs', 'claims']);
    const deciding = ['approve', 'deny', 'stop-all', 'resume-all', 'runs', 'claims'];
    expect(await shownTo('UMANAGER')).toEqual(deciding);
    expect(await shownTo('UAUDIT')).toEqual(['runs', 'claims']);
    const told = { roles: ['auditor'], channel: 'C1' };
    const review = { by: ['auditor'], within: 1 };
    const how = { roles: ['oncall'], onCall: ['oncall'], never: [], perPerson: 1, global: 1 };
    const lax = { ...defaultApprovals, breakGlass: { ...how, notify: told, review } };
    expect(await shownTo('UAUDIT', lax)).toEqual(['deny', 'review', 'runs', 'claims']);
  });

  test('help says how grave a request is, and nothing of that where somebody only decides', async () => {
    const { tools } = fakeRuns();
    expect((await type(tools, 'help restart', 'UONCALL')).text).toMatch(/risk.*high/);
    expect((await type(tools, 'help approve', 'UMANAGER')).text).not.toMatch(/risk/);
    expect((await type(tools, 'help runs', 'UMANAGER')).text).toMatch(/risk.*read/);
  });

  test('whoami says what they may approve', async () => {
    const { text } = await type(fakeRuns().tools, 'whoami', 'UMANAGER');
    expect(text).toMatch(
      /You may approve what others ask for[\s\S]*\*in production\*: high \(set /,
    );
    expect((await type(fakeRuns().tools, 'whoami', 'UANY')).text).not.toContain('You may approve');
  });

  const homeOf = async (runs: Parameters<typeof fakeRuns>[0], by: string) => {
    const { homes } = await ask(fakeRuns(runs).tools, { kind: 'home' }, by);
    return { text: textsIn(homes).join('\n'), buttons: buttonsIn(homes).map(({ value }) => value) };
  };

  test('the Home tab shows what waits for them first, with a button to the details', async () => {
    const { text, buttons } = await homeOf({}, 'UMANAGER');
    expect(text).toContain('*Waiting for your decision*\n*Restart rms-auth@prod* · :hourglass');
    expect(buttons).toContain('run R7');
  });

  test.each<[string, string, Parameters<typeof someRun>[0]]>([
    ['somebody without the role', 'UANY', {}],
    ['who has voted', 'UMANAGER', { votes: [someYes] }],
    ['who asked', 'UMANAGER', { requestedBy: { id: 'UMANAGER', team: 'T1' } }],
    ['anybody once it goes on', 'UMANAGER', { state: 'executing' }],
  ])('the Home tab shows it to %s as open', async (_who, by, change) => {
    const { text } = await homeOf({ runs: [someRun(change)] }, by);
    expect(text).not.toContain('Waiting for your decision');
    expect(text).toContain('*Open runs*');
  });

  test('the Home tab waits for the confirmation of who asked', async () => {
    const approval = { ...oneManager, slots: [], requesterConfirms: true };
    const { text } = await homeOf({ runs: [someRun({ approval })] }, 'UONCALL');
    expect(text).toContain('Waiting for your decision');
  });

  test('the Home tab is there while the runs cannot be read', async () => {
    const { text } = await homeOf({ broken: new Error('the database is closed') }, 'UMANAGER');
    expect(text).toContain('The runs cannot be read now');
    expect(text).toContain('You may use');
  });
});
