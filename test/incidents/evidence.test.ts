import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { EvidenceAnswer } from '../../src/core/incident-command.ts';
import {
  type EvidenceTools,
  evidenceOrigin,
  keepingEvidence,
} from '../../src/incidents/keeping/keep-evidence.ts';
import { incidentCard } from '../../src/views/incidents/incident-card.ts';
import { quietLog } from '../support/quiet-log.ts';
import { lifeHouse } from './life-stage.ts';
import { deadline, declared, done, having, minute, refusal, ten } from './stage.ts';

const target = { service: 'rms-auth', env: 'prod' };
const secret = (more = {}): Incident => declared({ severity: 2, security: true, ...more });
const on = { kind: 'set-security', on: true, reason: null } as const;
const off = { kind: 'set-security', on: false, reason: 'it was a load test' } as const;
const asked = (wantedBy = 1, run = 'R-1') =>
  ({ kind: 'evidence', wantedBy, answer: { kind: 'asked', run, by: 'U-sam' } }) as const;
const failed = (again: boolean, wantedBy = 1) =>
  ({ kind: 'evidence', wantedBy, answer: { kind: 'refused', why: 'no vault', again } }) as const;
const ran = (event: string, run = 'R-1', about = target, action = 'evidence snapshot') =>
  ({ kind: 'run', run, event, by: 'U-sam', facts: { action, ...about } }) as const;
const own = { by: null, at: ten };
const shown = (incident: Incident): string => JSON.stringify(incidentCard(incident).blocks);

describe('the evidence of an incident about security', () => {
  test('is wanted at once when it is declared, and of no other incident', () => {
    expect(deadline(secret(), 'evidence')).toEqual({ kind: 'evidence', at: ten, step: 0 });
    expect(secret().evidence).toMatchObject({ wantedBy: 1, by: 'U-sam', state: 'wanted' });
    expect(deadline(declared(), 'evidence')).toBeUndefined();
  });

  test('is wanted once when somebody says so later, in their name, and anew when it is said again', () => {
    const flagged = done(declared(), on, { by: 'U-kim', at: ten + minute });
    expect(flagged.incident.evidence).toMatchObject({ wantedBy: 2, by: 'U-kim' });
    expect(deadline(flagged.incident, 'evidence')?.at).toBe(ten + minute);
    const again = having(
      flagged.incident,
      [asked(2), own],
      [off, { holds: ['security'] }],
      [on, { by: 'U-ana' }],
    );
    expect(again.evidence).toMatchObject({ wantedBy: 5, by: 'U-ana', state: 'wanted', run: null });
  });

  test('is not wanted any more once it is not about security, or over', () => {
    const plain = having(secret(), [off, { holds: ['security'] }]);
    expect([plain.evidence, deadline(plain, 'evidence')]).toEqual([undefined, undefined]);
    const over = having(secret(), { kind: 'cancel', reason: 'false-alarm', of: null });
    expect(deadline(over, 'evidence')).toBeUndefined();
  });

  test('waits until it is known of what, and is wanted anew of another service', () => {
    const nobody = secret({ target: null });
    expect(deadline(nobody, 'evidence')).toBeUndefined();
    expect(shown(nobody)).toContain('*Evidence* is kept once it is known of what');
    const named = having(nobody, { kind: 'set-target', target });
    expect(deadline(named, 'evidence')?.at).toBe(named.changedAt);
    const kept = having(named, [asked(2), own], [ran('succeeded'), own]);
    const other = having(kept, { kind: 'set-target', target: { ...target, env: 'staging' } });
    expect(other.evidence).toMatchObject({ wantedBy: 5, state: 'wanted', kept: null });
  });

  test('is asked for once: whoever says so later, or for another flagging, changes nothing', () => {
    const one = done(secret(), asked(), own);
    expect(one.event).toBe('incident.evidence-asked');
    expect(one.told).toEqual(['incident:INC-42 1']);
    expect(one.facts).toMatchObject({ run: 'R-1', by: 'U-sam', target: 'rms-auth@prod' });
    expect(deadline(one.incident, 'evidence')).toBeUndefined();
    expect(refusal(one.incident, asked(1, 'R-2'), own)).toMatchObject({ kind: 'already' });
    expect(refusal(secret(), asked(7), own)).toMatchObject({ kind: 'already' });
  });

  test('is asked for by nobody but Gatehouse', () => {
    expect(refusal(secret(), asked(), { by: 'U-sam' })).toMatchObject({ kind: 'not-now' });
  });

  test('is tried again within a minute where that may help, and then it is said that there is none', () => {
    let incident = secret();
    for (let tries = 1; deadline(incident, 'evidence'); tries += 1) {
      const { at } = deadline(incident, 'evidence') ?? expect.fail();
      expect(at).toBeLessThan(ten + minute);
      const tried = done(incident, failed(true), { by: null, at });
      expect(tried.event).toBe(`incident.evidence-${tries < 5 ? 'tried' : 'failed'}`);
      expect(tried.told).toEqual(tries < 5 ? [] : ['incident:INC-42 0']);
      incident = tried.incident;
    }
    expect(incident.evidence).toMatchObject({ state: 'failed', tries: 5, why: 'no vault' });
    expect(shown(incident)).toContain('*Evidence* none is kept: no vault');
  });

  test('that nobody can keep is said to be missing at once', () => {
    const none = done(secret(), failed(false), own);
    expect([none.event, none.told]).toEqual(['incident.evidence-failed', ['incident:INC-42 0']]);
  });

  test('is there once a run has kept it of what the incident is about, whoever asked for that', () => {
    const going = having(secret(), [asked(), own]);
    expect(shown(going)).toContain('*Evidence* is being kept by `R-1`');
    const waits = having(going, [ran('waiting'), own]);
    expect(shown(waits)).toContain('*Evidence* `R-1` waits for approval');
    const lost = having(waits, [ran('denied'), own]);
    expect(shown(lost)).toContain('*Evidence* none is kept: `R-1` is denied');
    for (const other of [
      ran('succeeded', 'R-2', { ...target, env: 'staging' }),
      ran('succeeded', 'R-2', target, 'restart'),
      ran('failed', 'R-2'),
    ])
      expect(having(lost, [other, own]).evidence?.kept).toBeNull();
    const kept = having(lost, [ran('succeeded', 'R-2'), own]);
    expect(kept.evidence?.kept).toBe('R-2');
    expect(shown(kept)).toContain('*Evidence* kept by `R-2`');
  });
});

describe('a run that was to keep evidence and has ended before anything was done', () => {
  const over = (run: string, state = 'failed') =>
    ({
      ...({ kind: 'run', run, event: state, by: 'U-sam' } as const),
      facts: { action: 'evidence snapshot', ...target, why: 'It was stopped.', untouched: true },
    }) as const;
  const again = (repeats: number, answer: EvidenceAnswer) =>
    ({ kind: 'evidence', wantedBy: 1, repeats, answer }) as const;
  const asks = (run: string): EvidenceAnswer => ({ kind: 'asked', run, by: 'U-sam' });
  const ended = (run: string): EvidenceAnswer => ({ kind: 'ended', run, why: 'It was stopped.' });

  test('is asked for anew, as another run, and that is on the timeline', () => {
    const going = having(secret(), [asked(), own]);
    const lost = done(going, over('R-1'), own);
    expect(lost.incident.evidence).toMatchObject({ state: 'wanted', repeats: 1, run: null });
    expect(deadline(lost.incident, 'evidence')?.at).toBe(ten);
    expect(lost.facts).toMatchObject({ run: 'R-1', anew: true });
    const next = lost.incident.evidence ?? expect.fail();
    expect(evidenceOrigin('INC-42', next)).not.toBe(evidenceOrigin('INC-42', { wantedBy: 1 }));
    expect(refusal(lost.incident, asked(1, 'R-1'), own)).toMatchObject({ kind: 'already' });
    const anew = having(lost.incident, [again(1, asks('R-2')), own]);
    expect(anew.evidence).toMatchObject({ state: 'asked', run: 'R-2' });
  });

  test('is asked for anew three times, and then it is said that there is none', () => {
    let incident = having(secret(), [asked(), own]);
    for (let repeats = 1; repeats <= 3; repeats += 1) {
      incident = having(incident, [over(`R-${repeats}`), own]);
      expect(incident.evidence?.repeats).toBe(repeats);
      incident = having(incident, [again(repeats, asks(`R-${repeats + 1}`)), own]);
    }
    const last = done(incident, over('R-4'), own);
    expect(last.incident.evidence).toMatchObject({ state: 'failed', repeats: 3 });
    expect(deadline(last.incident, 'evidence')).toBeUndefined();
    expect(last.told).toEqual(['incident:INC-42 1']);
    expect(shown(last.incident)).toContain('none is kept: It was stopped.');
  });

  test('is found by whoever asks for it after a kill, with a pause, and no more often than that', () => {
    let incident = secret();
    const told: string[][] = [];
    for (let repeats = 0; repeats <= 3; repeats += 1) {
      const { at } = deadline(incident, 'evidence') ?? expect.fail();
      const next = done(incident, again(repeats, ended(`R-${repeats}`)), { by: null, at });
      expect(next.event).toBe(`incident.evidence-${repeats < 3 ? 'tried' : 'failed'}`);
      told.push(next.told);
      incident = next.incident;
    }
    expect(told).toEqual([[], [], [], ['incident:INC-42 0']]);
    expect(incident.evidence?.at).toBeGreaterThan(ten);
  });

  test('is asked for anew also where its end is heard of before its beginning', () => {
    const heard = having(secret(), [over('R-1'), own]);
    expect(heard.evidence).toMatchObject({ state: 'wanted', lost: 'R-1' });
    const late = done(heard, asked(), own);
    expect(late.event).toBe('incident.evidence-tried');
    expect(late.incident.evidence).toMatchObject({ state: 'wanted', repeats: 1 });
  });

  test('is not asked for anew by one that is over, or by a run that was never asked for by itself', () => {
    const going = having(secret(), [asked(), own]);
    expect(having(going, [over('R-9'), own]).evidence).toMatchObject({
      state: 'asked',
      run: 'R-1',
    });
    const touched = { ...over('R-1'), facts: { ...over('R-1').facts, untouched: false } };
    expect(having(going, [touched, own]).evidence?.state).toBe('asked');
    const closed = having(going, { kind: 'cancel', reason: 'false-alarm', of: null });
    expect(having(closed, [over('R-1'), own]).evidence?.state).toBe('asked');
  });
});

describe('whoever asks for it', () => {
  /** Runs that are made by origin, as the database makes them; calls break off before or after. */
  const askedFor = (breaks: (call: number) => 'before' | 'after' | 'refused' | null) => {
    const runs = new Map<string, string>();
    let calls = 0;
    const ask: EvidenceTools['ask'] = async (_incident, origin): Promise<EvidenceAnswer> => {
      calls += 1;
      const how = breaks(calls);
      if (how === 'before') throw new Error('the database is away');
      if (how === 'refused') return { kind: 'refused', why: 'stopped', again: true };
      if (!runs.has(origin)) runs.set(origin, `R-${runs.size + 1}`);
      if (how === 'after') throw new Error('killed');
      return { kind: 'asked', run: runs.get(origin) ?? '', by: 'U-sam' };
    };
    return { runs, ask, calls: () => calls };
  };
  const setUp = (ask: EvidenceTools['ask']) => {
    const house = lifeHouse();
    const { life, store } = house;
    const keeping = () => keepingEvidence({ life, incidents: store.incidents, ask, log: quietLog });
    return { ...house, keeping };
  };

  test('does so once for each flagging, whatever breaks off and however many processes do', async () => {
    const trouble = fc.constantFrom('before', 'after', 'refused', null);
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { maxLength: 4 }), async (all) => {
        const { runs, ask } = askedFor((call) => all[call - 1] ?? null);
        const { declare, keeping, life, time } = setUp(ask);
        const { id } = await declare({ security: true });
        for (let round = 0; round < 6; round += 1) {
          const two = [keeping(), keeping()];
          for (const one of two) {
            one.begin(id);
            one.begin(id);
          }
          await Promise.all(two.map((one) => one.stop()));
          await time.pass(30_000);
        }
        expect([...runs.keys()]).toEqual([`evidence:${id}:1`]);
        expect((await life.find(id))?.evidence).toMatchObject({ state: 'asked', run: 'R-1' });
      }),
      { numRuns: 40 },
    );
  });

  test('asks for nothing before its time, of nothing else, and for nothing once it has stopped', async () => {
    const { ask, calls } = askedFor(() => 'refused');
    const { declare, keeping } = setUp(ask);
    const plain = await declare();
    const { id } = await declare({ security: true });
    const one = keeping();
    one.begin(plain.id);
    one.begin('INC-99');
    one.begin(id);
    await one.stop();
    expect(calls()).toBe(1);
    const other = keeping();
    other.begin(id); // it is tried again in a few seconds
    await other.stop();
    other.begin(id);
    expect(calls()).toBe(1);
  });

  test('is waited for by nobody: everything else of the incident goes on', async () => {
    let answered = () => {};
    const hangs = new Promise<EvidenceAnswer>((resolve) => {
      answered = () => resolve({ kind: 'asked', run: 'R-1', by: 'U-sam' });
    });
    const { declare, keeping, life } = setUp(() => hangs);
    const { id } = await declare({ security: true });
    const one = keeping();
    one.begin(id);
    const by = { id: 'U-sam', team: 'T1', holds: [] };
    expect((await life.do(id, { kind: 'acknowledge' }, by)).ok).toBe(true);
    answered();
    await one.stop();
    expect((await life.find(id))?.evidence?.run).toBe('R-1');
  });
});
