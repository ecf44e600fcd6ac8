import { describe, expect, test } from 'vitest';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import type { IncidentState } from '../../src/core/incident.ts';
import type { Target } from '../../src/core/target.ts';
import { whyNoIncident } from '../../src/permissions/incident-for-run.ts';
import { recheck } from '../../src/runs/recheck.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { oneManager, someRun, someYes } from '../support/some-run.ts';
import { someTools } from './some-tools.ts';

const target = { service: 'rms-auth', env: 'prod' };
const incident = (state: IncidentState, about: Target | null) => ({
  id: 'INC-7',
  state,
  target: about,
});

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

  test('waits while the database does not say how that is', async () => {
    const found = await again(() => Promise.reject(new Error('no line')));
    expect(found).toMatchObject({ kind: 'not-now', why: expect.stringMatching(/no line/) });
  });

  test('never begins where nobody knows of incidents', async () => {
    expect(await recheck(someTools({ directory }).tools, run)).toMatchObject({ kind: 'never' });
  });
});
