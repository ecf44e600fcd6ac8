import { describe, expect, test } from 'vitest';
import { evidenceSnapshot } from '../../src/actions/evidence-snapshot.ts';
import type { Incident } from '../../src/core/incident.ts';
import type { Standing } from '../../src/core/person.ts';
import { err, ok, type Result } from '../../src/core/result.ts';
import type { Run } from '../../src/core/run.ts';
import type { RunRefusal } from '../../src/core/run-refusal.ts';
import { askEvidence } from '../../src/gatehouse/ask-evidence.ts';
import type { RunRequest } from '../../src/runs/runner.ts';
import { sampleCatalogue } from '../support/sample-catalogue.ts';
import { someIncident } from '../support/some-incident.ts';
import { someRun } from '../support/some-run.ts';

const origin = 'evidence:INC-7:1';
const target = { service: 'rms-auth', env: 'prod' };
const wanted = { wantedBy: 1, at: 0, tries: 0, state: 'wanted', run: null, why: null, kept: null };
const incident = (by: string, change: Partial<Incident> = {}): Incident =>
  someIncident(7, {
    ...{ security: true, target, title: 'zanzibar', evidence: { ...wanted, by } as never },
    ...change,
  });

/** What is asked for, where people hold these roles and the runner answers so. */
function house(
  roles: Record<string, string[] | 'gone' | 'unknown'>,
  answer: (request: RunRequest) => Result<Run, RunRefusal> = () => ok(someRun()),
  before: Run | null = null,
) {
  const requests: RunRequest[] = [];
  const standing = async (id: string, team: string): Promise<Standing> => {
    const held = roles[id] ?? [];
    if (held === 'gone') return { kind: 'refused', why: 'suspended' };
    const person = { id, team, roles: held === 'unknown' ? [] : held };
    return held === 'unknown'
      ? { kind: 'unverified', person, why: 'Slack is slow' }
      : { kind: 'member', person };
  };
  const grants = [{ role: 'oncall', allow: ['risk:low'], deny: [], env: ['*'] }];
  const policy = { roles: { oncall: { members: [] } }, grants };
  const ask = askEvidence({
    config: { policy, catalogue: sampleCatalogue([['rms-auth', ['prod']]]) },
    actions: [evidenceSnapshot],
    directory: { standing },
    requestRun: async (request) => {
      requests.push(request);
      return answer(request);
    },
    store: { runs: { findByOrigin: async () => before } },
  });
  return { ask, requests };
}

describe('evidence is asked for', () => {
  test('as an ordinary run of the incident, in the name of who said so, that says nothing of it', async () => {
    const { ask, requests } = house({ U1: ['oncall'] });
    expect(await ask(incident('U1'), origin)).toMatchObject({ kind: 'asked', run: 'R7' });
    expect(requests).toEqual([
      {
        ...{ action: 'evidence snapshot', target, params: {}, incident: 'INC-7', origin },
        ...{ by: { id: 'U1', team: 'T1', roles: ['oncall'] }, askedIn: null, meant: true },
        reason: 'INC-7: evidence has to be kept',
      },
    ]);
    expect(JSON.stringify(requests)).not.toContain('zanzibar');
  });

  test('in the name of the next of them who may ask for it and may read it', async () => {
    const commander = { by: 'U3', at: 0 };
    const all = incident('U2', { roles: { commander } });
    const { ask, requests } = house({ U1: ['oncall'], U2: ['oncall'], U3: ['viewer'] });
    await ask(all, origin);
    expect(requests[0]?.by.id).toBe('U1'); // U2 may not read it, U3 may not ask for it
  });

  test('in nobody’s name who was offboarded, and by nobody where none of them may', async () => {
    const { ask, requests } = house({ U1: 'gone' });
    expect(await ask(incident('U1'), origin)).toEqual({
      ...{ kind: 'refused', again: false },
      why: 'nobody who works on it may ask for evidence of rms-auth@prod',
    });
    expect(requests).toEqual([]);
  });

  test('again where nobody says who they are', async () => {
    const { ask } = house({ U1: 'unknown' });
    const refused = { kind: 'refused', why: 'Slack is slow', again: true };
    expect(await ask(incident('U1'), origin)).toEqual(refused);
  });

  test('once: the run that came of it before is that run, whatever is in the way now', async () => {
    const { ask, requests } = house({ U1: 'gone' }, undefined, someRun({ id: 'R-OLD' }));
    expect(await ask(incident('U1'), origin)).toMatchObject({ kind: 'asked', run: 'R-OLD' });
    expect(requests).toEqual([]);
  });

  test.each([
    ['failed', null, true],
    ['superseded', null, true],
    ['denied', null, true],
    ['denied', 5, false],
    ['cancelled', null, false],
    ['expired', null, false],
    ['interrupted', null, false],
    ['requested', null, false],
    ['succeeded', null, false],
  ] as const)(
    'anew where the run that came of it is %s (waited until %s) and nothing was done: %s',
    async (state, waitsUntil, anew) => {
      const before = someRun({ id: 'R-OLD', state, waitsUntil, steps: [], why: 'stopped' });
      const { ask, requests } = house({ U1: ['oncall'] }, undefined, before);
      const answer = await ask(incident('U1'), origin);
      expect(answer).toMatchObject({ kind: anew ? 'ended' : 'asked', run: 'R-OLD' });
      expect(requests).toEqual([]);
      const steps = [{ id: 's', intentAt: 1, outcome: null }];
      const begun = house({ U1: ['oncall'] }, undefined, { ...before, steps });
      expect(await begun.ask(incident('U1'), origin)).toMatchObject({ kind: 'asked' });
    },
  );

  test.each<[RunRefusal, boolean, RegExp]>([
    [{ kind: 'stopped', why: 'a storm' }, true, /a storm/],
    [{ kind: 'not-now', verdict: { ok: false, checks: [] } }, true, /Not now/],
    [
      { kind: 'cannot', action: 'evidence snapshot', target: 'rms-auth@prod', needs: ['vault'] },
      false,
      /nothing in which evidence is kept \(vault\)/,
    ],
    [{ kind: 'given-up' }, false, /given-up/],
  ])(
    'and where that is refused, says why and whether it is tried again: %j',
    async (refusal, again, why) => {
      const { ask } = house({ U1: ['oncall'] }, () => err(refusal));
      const answer = await ask(incident('U1'), origin);
      expect(answer).toMatchObject({ kind: 'refused', again });
      expect(answer.kind === 'refused' && answer.why).toMatch(why);
    },
  );
});
