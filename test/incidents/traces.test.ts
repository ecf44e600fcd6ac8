import { describe, expect, test } from 'vitest';
import type { Incident, TracesAnswer } from '../../src/core/incident.ts';
import { settled } from '../../src/incidents/events/traces.ts';
import { clearingTraces, type TracesTools } from '../../src/incidents/keeping/clear-traces.ts';
import { noticeWords } from '../../src/views/incidents/incident-notice-words.ts';
import { quietLog } from '../support/quiet-log.ts';
import { lifeHouse } from './life-stage.ts';
import { type Done, deadline, declared, done, having, minute, refusal, ten } from './stage.ts';

const on = { kind: 'set-security', on: true, reason: null } as const;
const off = { kind: 'set-security', on: false, reason: 'it was a load test' } as const;
const own = { by: null, at: ten };
const made = (id: string, isPrivate = false) =>
  [
    {
      ...({ kind: 'set-up', step: 'channel', state: { kind: 'done', at: 0 } } as const),
      channel: { id, name: 'inc-0042', private: isPrivate, lost: null },
    },
    own,
  ] as [never, typeof own];
const lost = [{ kind: 'room-lost', why: 'it was archived' } as const, own] as [never, typeof own];
const flagged = (): Incident =>
  having(declared({ askedIn: 'CHERE' }), made('C9'), [on, { at: ten }]);
const looked = (
  { traces }: Incident,
  answer: Partial<Extract<TracesAnswer, { kind: 'looked' }>> = {},
) =>
  ({
    ...({ kind: 'traces', wantedBy: traces?.wantedBy ?? 0, tries: traces?.tries ?? 0 } as const),
    answer: { kind: 'looked', emptied: 0, stand: [], ...answer },
  }) as const;
const later = (incident: Incident) =>
  ({
    ...looked(incident),
    answer: { kind: 'later', emptied: 0, why: 'Slack is away' },
  }) as const;
const words = ({ event, facts, incident }: Done) =>
  noticeWords(
    {
      ...{ id: 1, subject: 'INC-42', version: incident.version, at: ten, actor: 'gatehouse' },
      ...{ event, facts: { ...facts, commander: 'U1' } },
    } as never,
    'room',
  );

describe('what everybody could read of an incident that turns out to be about security', () => {
  test('has to go from then on, in the channel that it leaves and where it was announced', () => {
    const incident = flagged();
    expect(incident.leftRooms).toEqual(['C9']);
    expect(incident.traces).toMatchObject({
      ...{ wantedBy: incident.version, rooms: ['C9'], places: ['C-incidents', 'CHERE'] },
      ...{ state: 'wanted', tries: 0 },
    });
    expect(deadline(incident, 'traces')).toEqual({ kind: 'traces', at: ten, step: 0 });
  });

  test('has to go in every public channel that it ever had, and in no private one', () => {
    const all = having(declared(), made('C7'), lost, [{ kind: 'room-recreated' }, own], made('C9'));
    expect(done(all, on).incident.traces?.rooms).toEqual(['C7', 'C9']);
    const secret = having(declared({ security: true }), made('C7', true), lost, [
      { kind: 'room-recreated' },
      own,
    ]);
    expect(secret.leftRooms).toBeUndefined();
  });

  test('has to go where its card could not be emptied before there was a list of such channels', () => {
    const old = { ...having(declared(), made('C9')), leftCards: { 'C8:1.1': 'stands' as const } };
    expect(done(old, on).incident.traces?.rooms).toEqual(['C9', 'C8']);
  });

  test('is nothing where it was about security from the beginning, or is not', () => {
    expect([declared({ security: true }).traces, declared().traces]).toEqual([
      undefined,
      undefined,
    ]);
    const plain = done(flagged(), off, { holds: ['security'] }).incident;
    expect([plain.traces, deadline(plain, 'traces')]).toEqual([undefined, undefined]);
    const again = done(plain, on).incident;
    expect(again.traces).toMatchObject({ wantedBy: again.version, rooms: ['C9'] });
  });

  test('has to go although it is over by then', () => {
    const over = having(flagged(), { kind: 'cancel', reason: 'duplicate', of: 'INC-7' });
    expect(deadline(over, 'traces')).toBeDefined();
  });

  test('is told to whoever leads alone where it was over before it had a private channel', () => {
    const over = having(flagged(), { kind: 'cancel', reason: 'duplicate', of: 'INC-7' });
    const first = done(over, looked(over), { by: null, at: ten + minute }).incident;
    const last = done(first, looked(first), { by: null, at: ten + minute });
    expect([last.event, last.told]).toEqual(['incident.traces-cleared', ['user:U-sam 1']]);
    const inside = having(flagged(), made('C10', true));
    const closed = having(inside, { kind: 'cancel', reason: 'duplicate', of: 'INC-7' });
    const again = done(closed, looked(closed), { by: null, at: ten + minute }).incident;
    expect(done(again, looked(again), { by: null, at: ten + minute }).told).toEqual([
      'incident:INC-42 1',
    ]);
  });

  test('is looked for once more after everything that was on its way has arrived', () => {
    const incident = flagged();
    const first = done(incident, looked(incident, { emptied: 3 }), own);
    expect([first.event, first.told]).toEqual(['incident.traces-looked', []]);
    expect(deadline(first.incident, 'traces')?.at).toBe(ten + settled);
    const at = ten + settled;
    const second = done(first.incident, looked(first.incident, { emptied: 1 }), { by: null, at });
    expect([second.event, second.told]).toEqual(['incident.traces-cleared', ['incident:INC-42 1']]);
    expect(second.incident.traces).toMatchObject({ state: 'gone', emptied: 4 });
    expect(deadline(second.incident, 'traces')).toBeUndefined();
    const { said, more } = words(second);
    expect(said).toContain('<@U1>');
    expect(said).toContain('4 messages');
    expect(more?.join()).toMatch(/no app can take away.*C9.*name of the channel.*topic/s);
  });

  test('is said aloud where a person has to take it away', () => {
    const incident = flagged();
    const stand = [{ channel: 'C9', why: 'is_archived' }];
    const first = done(incident, looked(incident), own).incident;
    const second = done(first, looked(first, { stand }), { by: null, at: ten + settled });
    expect(second.told).toEqual(['incident:INC-42 0']);
    expect(second.incident.traces?.state).toBe('stand');
    expect(words(second).more?.[0]).toMatch(/still stands in .*C9.*is_archived.*delete it there/s);
  });

  test('is looked for again, later each time, while Slack is away, and that is said once', () => {
    let now = ten;
    let incident = flagged();
    const told: string[][] = [];
    const pauses: number[] = [];
    for (let tried = 0; tried < 10; tried += 1) {
      const next = done(incident, later(incident), { by: null, at: now });
      expect(next.event).toBe('incident.traces-tried');
      told.push(next.told);
      incident = next.incident;
      const at = deadline(incident, 'traces')?.at ?? 0;
      pauses.push((at - now) / 1_000);
      now = at;
    }
    expect(pauses).toEqual([3, 6, 12, 24, 48, 96, 192, 384, 600, 600]);
    expect(told.filter((all) => all.length > 0)).toEqual([['incident:INC-42 0']]);
    const found = done(incident, looked(incident), { by: null, at: now });
    expect(found.event).toBe('incident.traces-cleared');
  });

  test('is not said twice, whoever else has looked or flagged it meanwhile', () => {
    const incident = flagged();
    const once = done(incident, looked(incident), own).incident;
    expect(refusal(once, looked(incident), own)).toMatchObject({ kind: 'already' });
    const anew = having(incident, [off, { holds: ['security'] }], on);
    expect(refusal(anew, looked(incident), own)).toMatchObject({ kind: 'already' });
    expect(refusal(incident, looked(incident), { at: ten + minute })).toMatchObject({
      kind: 'not-now',
    });
  });
});

describe('whoever takes away what everybody could read', () => {
  async function house(clear: TracesTools['clear']) {
    const { store, life, declare, records, time } = lifeHouse();
    const { id } = await declare({ askedIn: null });
    await life.do(id, on, { id: 'U-sam', team: 'T1', holds: [] });
    const { incidents } = store;
    return { id, time, records, ...clearingTraces({ incidents, life, clear, log: quietLog }) };
  }

  test('looks once at a time, when it is due, and tells what came of it', async () => {
    let looks = 0;
    const { id, begin, stop, records } = await house(async () => {
      looks += 1;
      return { kind: 'looked', emptied: 1, stand: [] };
    });
    begin(id);
    begin(id);
    await stop();
    begin(id);
    expect(looks).toBe(1);
    expect((await records()).at(-1)).toBe('incident.traces-looked');
  });

  test('leaves it due when nobody knows what came of it', async () => {
    const { id, begin, stop, records } = await house(async () => {
      throw new Error('the database is away');
    });
    begin(id);
    await stop();
    expect((await records()).at(-1)).toBe('incident.security-set');
  });
});
