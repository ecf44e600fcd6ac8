import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { IncidentEvent } from '../../src/core/incident-command.ts';
import { placesOf } from '../../src/incidents/places.ts';
import { deadline, declared, done, having, refusal, rules, ten } from './stage.ts';

type SetUp = Extract<IncidentEvent, { kind: 'set-up' }>;
const channel = { id: 'C9', name: 'inc-0042', private: false, lost: null };
const step = (name: SetUp['step'], state: SetUp['state']): SetUp => ({
  kind: 'set-up',
  step: name,
  state,
  ...(name === 'channel' && state.kind === 'done' && { channel }),
});
const isDone = { kind: 'done', at: 0 } as const;
const isFailed = { kind: 'failed', why: 'missing scope channels:manage' } as const;
const made = (incident: Incident = declared()) =>
  having(incident, [step('channel', isDone), { by: null, at: ten }]);

describe('the channel', () => {
  test('is made from the declaration on, step by step, and done steps are done once', () => {
    expect(deadline(declared(), 'setup')?.at).toBe(ten);
    const incident = made();
    expect(incident.channel?.id).toBe('C9');
    expect(incident.setup.channel).toEqual({ kind: 'done', at: ten });
    expect(refusal(incident, step('channel', isDone), { by: null })).toMatchObject({
      kind: 'already',
    });
  });

  test('is tried again later and later, and when Slack says', () => {
    const said = having(declared(), [step('announce', isDone), { by: null, at: ten }]);
    const later = (tries: number, retryIn?: number) => {
      const command = {
        ...step('channel', { kind: 'open', tries, why: 'slow' }),
        ...(retryIn && { retryIn }),
      };
      return (
        (deadline(done(said, command, { by: null, at: ten }).incident, 'setup')?.at ?? 0) - ten
      );
    };
    expect([later(1), later(2), later(5), later(60)]).toEqual([2_000, 4_000, 32_000, 60_000]);
    expect(later(1, 30_000)).toBe(30_000);
  });

  test('of which a step fails for good has all the others', () => {
    const incident = having(made(), [step('topic', isFailed), { by: null }]);
    expect(incident.setup.topic).toEqual(isFailed);
    expect(incident.setup.invite.kind).toBe('open');
    expect(deadline(incident, 'setup')).toBeDefined();
  });

  test('that cannot be made takes with it what needs it, and notices go where it was announced', () => {
    const failed = done(declared(), step('channel', isFailed), { by: null });
    expect(failed.incident.setup.pin.kind).toBe('failed');
    expect(failed.incident.setup.announce.kind).toBe('open');
    expect(failed.told).toEqual(['C-incidents 0']);
    const nowhere = {
      ...failed.incident,
      rules: { ...rules, channels: { announce: null, stakeholders: null } },
    };
    expect(placesOf(nowhere)).toEqual(['C-here']);
    expect(placesOf({ ...nowhere, declaredIn: null })).toEqual(['user:U-sam']);
  });

  test('is announced where incidents are, once', () => {
    const announce = done(made(), step('announce', isDone), { by: null });
    expect(announce.told).toEqual(['C-incidents 1']);
    expect(refusal(announce.incident, step('announce', isDone), { by: null })).toMatchObject({
      kind: 'already',
    });
  });

  test('that was lost is said to whoever leads and where incidents are announced, and can be made again', () => {
    const lost = done(made(), { kind: 'room-lost', why: 'archived' }, { by: null });
    expect(lost.told).toEqual(['C-incidents 0', 'user:U-sam 0']);
    expect(deadline(lost.incident, 'setup')?.kind ?? null).toBe('setup');
    expect(lost.incident.setup.announce.kind).toBe('open');
    expect(
      refusal(lost.incident, { kind: 'room-lost', why: 'archived' }, { by: null }),
    ).toMatchObject({ kind: 'already' });
    const anew = done(lost.incident, { kind: 'room-recreated' }, { by: null }).incident;
    expect(anew.channel).toBeNull();
    expect(anew.setup.channel.kind).toBe('open');
    expect(placesOf(anew)).toEqual(['incident:INC-42']);
    expect(refusal(made(), { kind: 'room-recreated' }, { by: null })).toMatchObject({
      kind: 'already',
    });
  });

  test('that is back is said there and where people read meanwhile, and what was given up is done after all', () => {
    const lost = done(made(), { kind: 'room-lost', why: 'archived' }, { by: null }).incident;
    expect(lost.setup.topic.kind).toBe('failed');
    const back = done(lost, { kind: 'room-back' }, { by: null });
    expect(back.incident.channel).toMatchObject({ id: 'C9', lost: null });
    expect(back.incident.setup.topic).toMatchObject({ kind: 'open', tries: 0 });
    expect(back.told).toEqual(['incident:INC-42 0', 'C-incidents 0']);
    expect(deadline(back.incident, 'setup')).toBeDefined();
    const again = { kind: 'room-back' } as const;
    expect(refusal(back.incident, again, { by: null })).toMatchObject({ kind: 'not-now' });
  });

  test('that is back is left alone where a new one was asked for, or where everybody would read what is about security', () => {
    const lost = done(made(), { kind: 'room-lost', why: 'archived' }, { by: null }).incident;
    const anew = done(lost, { kind: 'room-recreated' }, { by: null }).incident;
    const back = { kind: 'room-back' } as const;
    expect(refusal(anew, back, { by: null })).toMatchObject({ kind: 'not-now' });
    expect(refusal({ ...lost, security: true }, back, { by: null })).toMatchObject({
      why: expect.stringContaining('private'),
    });
  });

  test('that was left has an old card, which is written down once, and said aloud where it still says what is secret', () => {
    const left = { kind: 'card-left', from: 'C8', ts: '1.1' } as const;
    const stands = { ...left, why: 'is_archived' };
    const open = done(made(), stands, { by: null });
    expect(open.told).toEqual([]);
    expect(refusal(open.incident, stands, { by: null })).toMatchObject({ kind: 'already' });
    const secret = done({ ...made(), security: true }, stands, { by: null });
    expect(secret.told).toEqual(['incident:INC-42 1']);
    const emptied = done(secret.incident, { ...left, why: null }, { by: null });
    expect(emptied.told).toEqual([]);
    expect(refusal(emptied.incident, stands, { by: null })).toMatchObject({ kind: 'already' });
  });

  test('nobody but Gatehouse says what has happened', () => {
    expect(refusal(declared(), step('channel', isDone))).toMatchObject({ kind: 'not-now' });
    expect(refusal(declared(), { kind: 'acknowledge' }, { by: null })).toMatchObject({
      kind: 'not-now',
    });
  });
});

describe('deadlines that were taken away by hand', () => {
  test('are put back as they were', () => {
    const incident = declared();
    const robbed = { ...incident, deadlines: incident.deadlines.slice(3) };
    const repair = { kind: 'repaired', deadlines: [], asleep: false } as const;
    const repaired = done(robbed, repair, { by: null });
    expect(repaired.incident.deadlines).toEqual(incident.deadlines);
    expect(repaired.facts.deadlines).toEqual(incident.deadlines.slice(0, 3));
    expect(refusal(incident, repair, { by: null })).toMatchObject({ kind: 'not-now' });
  });

  test('are put back as well where nobody would have looked for those that there are', () => {
    const incident = declared();
    const asleep = { kind: 'repaired', deadlines: [], asleep: true } as const;
    const woken = done(incident, asleep, { by: null });
    expect(woken.incident.deadlines).toEqual(incident.deadlines);
    expect(woken.facts.deadlines).toEqual(incident.deadlines);
    expect(woken.told).toEqual([]);
  });

  test('or that nobody needs are gone once somebody looks, rather than due for ever', () => {
    const incident = declared();
    const old = { kind: 'review', at: ten, step: 0 } as const;
    const strange = { ...incident, deadlines: [...incident.deadlines, old] };
    const due = { kind: 'due', deadline: old, figures: null, absence: null } as const;
    const looked = done(strange, due, { by: null });
    expect(looked.incident.deadlines).toEqual(incident.deadlines);
    expect(looked.told).toEqual([]);
    expect(refusal(incident, due, { by: null })).toMatchObject({ kind: 'not-now' });
  });
});
