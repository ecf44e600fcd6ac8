import { describe, expect, test } from 'vitest';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import type { IncidentState } from '../../src/core/incident.ts';
import { type Severity, severities } from '../../src/core/severity.ts';
import type { Target } from '../../src/core/target.ts';
import { whyNoIncident } from '../../src/permissions/incident-for-run.ts';
import { lacksIncident } from '../../src/runs/asking/run-incident.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { recheck } from '../../src/runs/voting/recheck.ts';
import { someIncident } from '../support/some-incident.ts';
import { oneManager, someRun, someYes } from '../support/some-run.ts';
import { aRequest, granted, grounds } from './grounds.ts';
import { someTools } from './some-tools.ts';

const target = { service: 'rms-auth', env: 'prod' };
const incident = (state: IncidentState, about: Target | null) =>
  someIncident(7, { state, target: about });

describe('what needs an open incident', () => {
  test('is what is destructive in production, by default', () => {
    const { production, elsewhere } = defaultApprovals;
    expect(production.destructive.incident).toBe('required');
    expect([production.high.incident, elsewhere.destructive.incident]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test.each<[string, string | undefined, ReturnType<typeof incident> | null, string | null]>([
    ['is in none', undefined, null, 'none'],
    ['names one that nobody knows', 'INC-7', null, 'unknown'],
    ['is in one that is over', 'INC-7', incident('resolved', target), 'over'],
    ['is in one that was none', 'INC-7', incident('cancelled', target), 'over'],
    [
      'is in one about another service',
      'INC-7',
      incident('mitigating', { service: 'b', env: 'prod' }),
      'elsewhere',
    ],
    [
      'is in one about another environment',
      'INC-7',
      incident('mitigating', { service: 'rms-auth', env: 'staging' }),
      'elsewhere',
    ],
    ['is in one about nothing', 'INC-7', incident('mitigating', null), 'elsewhere'],
    ['is in an open one about it', 'INC-7', incident('monitoring', target), null],
  ])('a run that %s', (_what, named, found, why) => {
    expect(whyNoIncident(target, named, found)?.why ?? null).toBe(why);
  });

  test('is told what its incident is about instead', () => {
    const other = { service: 'b', env: 'prod' };
    const told = (about: Target | null) =>
      whyNoIncident(target, 'INC-7', incident('triage', about));
    expect(told(other)).toEqual({ why: 'elsewhere', id: 'INC-7', about: 'b@prod' });
    expect(told(null)).toEqual({ why: 'elsewhere', id: 'INC-7', about: null });
  });

  test('is told of one about security only that it is about something else', () => {
    const other = { service: 'b', env: 'prod' };
    const secret = { ...incident('triage', other), security: true };
    const no = { why: 'elsewhere', id: 'INC-7', about: 'something else' };
    expect(whyNoIncident(target, 'INC-7', secret)).toEqual(no);
    expect(whyNoIncident(target, 'INC-7', { ...secret, target: null })).toEqual(no);
  });

  test('that needs a grave one is told how grave its incident is, and no less grave one will do', () => {
    const of = (severity: Severity) => ({ ...incident('mitigating', target), severity });
    const whys = severities.map((one) => whyNoIncident(target, 'INC-7', of(one), 2)?.why ?? null);
    expect(whys).toEqual([null, null, 'minor', 'minor']);
    expect(whyNoIncident(target, 'INC-7', of(3), 2)).toEqual({
      ...{ why: 'minor', id: 'INC-7', severity: 3, atLeast: 2 },
    });
    expect(severities.map((one) => whyNoIncident(target, 'INC-7', of(one)))).toEqual(
      severities.map(() => null),
    );
  });

  test('on all services an incident about one of the environment is enough, and about no other', () => {
    const all = { service: 'all', env: 'prod' };
    expect(whyNoIncident(all, 'INC-7', incident('mitigating', target))).toBeNull();
    const staging = { service: 'rms-auth', env: 'staging' };
    expect(whyNoIncident(all, 'INC-7', incident('mitigating', staging))?.why).toBe('elsewhere');
  });
});

describe('a run that was approved because of an incident', () => {
  const approval = { ...oneManager, incident: 'required' as const };
  const run = someRun({ state: 'approved', votes: [someYes], approval, incident: 'INC-7' });
  const directory: RunTools['directory'] = {
    standing: async (id, team) => ({ kind: 'member', person: { id, team, roles: ['manager'] } }),
  };
  const again = (incidentOf: NonNullable<RunTools['incidentOf']>) =>
    recheck(someTools({ directory, incidentOf }).tools, run);

  test('may begin while that is open', async () => {
    expect(await again(async () => incident('mitigating', run.target))).toMatchObject({
      kind: 'yes',
    });
  });

  test('never begins once that is over', async () => {
    const found = await again(async () => incident('resolved', run.target));
    expect(found).toMatchObject({ kind: 'never', why: expect.stringMatching(/INC-7 is resolved/) });
  });

  test('without the approvals of others never begins once it is less grave than SEV2', async () => {
    const glass = { ...approval, breakGlass: { reviewWithin: 1, deniedBy: [] } };
    const alone = { ...run, approval: glass };
    const at = async (severity: Severity) => {
      const incidentOf = async () => ({ ...incident('mitigating', run.target), severity });
      return lacksIncident({ incidentOf }, alone);
    };
    expect(await at(2)).toBeNull();
    expect(await at(3)).toMatchObject({ kind: 'never', why: expect.stringMatching(/SEV3/) });
  });

  test('waits while the database does not say how that is', async () => {
    const found = await again(() => Promise.reject(new Error('no line')));
    expect(found).toMatchObject({ kind: 'not-now', why: expect.stringMatching(/no line/) });
  });

  test('never begins when it names none, whatever the database says', async () => {
    const { incident: _none, ...nameless } = run;
    const incidentOf = () => Promise.reject(new Error('no line'));
    const found = await recheck(someTools({ directory, incidentOf }).tools, nameless);
    expect(found).toMatchObject({ kind: 'never', why: expect.not.stringMatching(/no line/) });
  });

  test('begins for want of a plan never, and not for want of an incident', async () => {
    const unplanned = someRun({ state: 'approved', plan: null, approval: null });
    expect(await recheck(someTools({ directory }).tools, unplanned)).toEqual({
      kind: 'never',
      why: 'It has no plan.',
    });
  });

  test('never begins where nobody knows of incidents', async () => {
    expect(await recheck(someTools({ directory }).tools, run)).toMatchObject({ kind: 'never' });
  });
});

describe('a request', () => {
  const one = { ...oneManager, reason: 0, incident: 'required' as const };
  const always = { low: one, high: one, destructive: one };
  const required = () => ({ ...defaultApprovals, production: always });
  const known = async (id: string) => (id === 'INC-7' ? incident('mitigating', target) : null);
  const asking = async (store: ReturnType<typeof grounds>['store']) =>
    (await store.audit.find({ limit: 100 })).filter(({ event }) => event === 'run.requested');

  test('that names an incident is part of it, as its record says, and the incident hears of it', async () => {
    const heard: string[] = [];
    const { runner, store } = grounds({
      incidentOf: known,
      changedInIncident: ({ id, state }) => void heard.push(`${id} ${state}`),
    });
    const run = granted(await runner.request(aRequest({ incident: 'INC-7' })));
    expect(run.incident).toBe('INC-7');
    expect((await asking(store))[0]?.facts).toMatchObject({ incident: 'INC-7' });
    const records = await store.audit.find({ subject: run.id, limit: 10 });
    expect(records.map(({ facts }) => facts.incident)).toEqual(records.map(() => 'INC-7'));
    expect(records.length).toBeGreaterThan(1);
    expect(heard).toContain(`${run.id} waiting`);
  });

  test('that names none is part of none, and no incident hears of it', async () => {
    const heard: string[] = [];
    const { runner, store } = grounds({
      incidentOf: known,
      changedInIncident: ({ id }) => void heard.push(id),
    });
    expect(granted(await runner.request(aRequest()))).not.toHaveProperty('incident');
    expect((await asking(store))[0]?.facts).not.toHaveProperty('incident');
    expect(heard).toEqual([]);
  });

  test('changes something also where nobody listens', async () => {
    const { runner } = grounds({ incidentOf: known });
    expect(granted(await runner.request(aRequest({ incident: 'INC-7' }))).state).toBe('waiting');
  });

  test('that names one that nobody knows, or cannot look up, is refused before there is a run', async () => {
    const broken = () => Promise.reject(new Error('no line'));
    for (const [incidentOf, no] of [
      [known, { why: 'unknown', id: 'INC-8' }],
      [broken, { why: 'unread', cause: 'no line' }],
    ] as const) {
      const { runner, store } = grounds({ incidentOf });
      expect(await runner.request(aRequest({ incident: 'INC-8' }))).toEqual({
        ok: false,
        error: { kind: 'no-incident', target: 'rms-auth@prod', no },
      });
      expect(await asking(store)).toEqual([]);
    }
  });

  test.each([
    ['a stranger', { id: 'asker', team: 'T1', roles: ['oncall'] }, false],
    ['somebody who answers for security', { id: 'asker', team: 'T1', roles: ['security'] }, true],
    ['whoever declared it', { id: 'U1', team: 'T1', roles: ['oncall'] }, true],
  ])(
    'of %s becomes part of one about security only when they may read it; else there is none',
    async (_who, by, may) => {
      const secret = someIncident(7, { security: true, target });
      const incidentOf = async (id: string) => (id === 'INC-7' ? secret : null);
      const { runner, store } = grounds({ incidentOf });
      const asked = await runner.request(aRequest({ incident: 'INC-7', by }));
      if (may) return expect(granted(asked).incident).toBe('INC-7');
      const unknown = await runner.request(aRequest({ incident: 'INC-8', by }));
      expect(JSON.stringify(asked)).toBe(JSON.stringify(unknown).replaceAll('INC-8', 'INC-7'));
      expect(await asking(store)).toEqual([]);
    },
  );

  test('for what needs an incident is asked for within one, and refused without', async () => {
    const { runner, find } = grounds({ incidentOf: known, approvals: required });
    const within = granted(await runner.request(aRequest({ incident: 'INC-7' })));
    expect(within.state).toBe('waiting');
    expect(await runner.request(aRequest())).toEqual({
      ok: false,
      error: { kind: 'no-incident', target: 'rms-auth@prod', no: { why: 'none' } },
    });
    expect((await find('R-2')).state).toBe('denied');
  });

  test('for what goes without the approvals of others needs one of SEV1 or SEV2', async () => {
    const breakGlass = {
      ...{ roles: ['oncall'], onCall: ['primary'], never: [], perPerson: 2, global: 5 },
      notify: { roles: ['manager'], channel: 'C-security' },
      review: { by: ['manager'], within: 86_400_000 },
      incident: 'required' as const,
    };
    const reason = 'nobody answers and nobody can sign in';
    for (const severity of severities) {
      const { runnerOver, store, house } = grounds();
      house.roles.set('asker', ['oncall', 'primary']);
      const runner = runnerOver({
        approvals: () => ({ ...defaultApprovals, breakGlass }),
        breakGlass: store.breakGlass,
        secondFactor: {
          hasKey: true,
          enrolledAt: async () => 1,
          verify: async () => ({ kind: 'wrong' }),
        },
        incidentOf: async () => ({ ...incident('mitigating', target), severity }),
      });
      const asked = await runner.request(aRequest({ breakGlass: true, incident: 'INC-7', reason }));
      if (severity <= 2) expect(granted(asked).state).toBe('waiting');
      else expect(asked).toMatchObject({ error: { no: { why: 'minor', severity } } });
    }
  });

  test('for what needs none is not asked for one', async () => {
    const { runner } = grounds({ incidentOf: () => Promise.reject(new Error('no line')) });
    expect(granted(await runner.request(aRequest())).state).toBe('waiting');
  });
});
