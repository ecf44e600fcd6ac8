import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { wakeAt } from '../../src/core/incident.ts';
import { deadline, declared, done, having, meet, refusal, ten } from './stage.ts';

const day = 86_400_000;
const resolve = {
  kind: 'resolve',
  resolution: {
    fix: 'a restart',
    cause: 'unknown',
    causeText: null,
    customerText: null,
    withoutWatch: 'everybody can sign in',
  },
  started: null,
  ended: null,
  followUps: [],
} as const;
const resolved = (severity: 1 | 2 | 3 = 1): Incident =>
  having(declared({ severity }), [resolve, { at: ten }]);
const publish = { kind: 'publish-review' } as const;
const waive = { kind: 'waive-review', reason: 'it is a known one' } as const;
const followUp = { text: 'test the keys', owner: 'U-kim', due: ten + 2 * day };

describe('the review', () => {
  test('of a SEV1 is due at the end of the third working day, of a SEV2 of the fifth', () => {
    const due = (severity: 1 | 2) =>
      new Date(deadline(resolved(severity), 'review')?.at ?? 0).toISOString();
    expect(due(1)).toBe('2026-11-19T17:00:00.000Z');
    expect(due(2)).toBe('2026-11-23T17:00:00.000Z');
  });

  test('is chased weekly three times, then with a manager, then not any more', () => {
    let incident = resolved();
    const due = deadline(incident, 'review')?.at ?? 0;
    const asked: unknown[] = [];
    for (let n = 0; deadline(incident, 'review') && n < 9; n += 1) {
      const at = deadline(incident, 'review')?.at ?? 0;
      const one = meet(incident, 'review');
      asked.push([(at - due) / day, one.facts.people]);
      incident = one.incident;
    }
    expect(asked).toEqual([
      [0, ['U-sam']],
      [7, ['U-sam']],
      [14, ['U-sam']],
      [21, ['U-manager']],
    ]);
  });

  test('that is published closes the incident, which then costs nothing', () => {
    const closed = done(resolved(), publish).incident;
    expect(closed.state).toBe('closed');
    expect(wakeAt(closed)).toBeNull();
    expect(refusal(closed, publish)).toMatchObject({ kind: 'already', by: 'U-sam' });
    expect(refusal(declared(), publish)).toMatchObject({ kind: 'not-now' });
    expect(refusal(resolved(), publish, { by: 'U-dana' })).toMatchObject({ kind: 'may-not' });
  });

  test('of one that was opened again is neither published nor done without', () => {
    const open = having(resolved(), { kind: 'reopen', reason: 'it fails again' });
    expect(refusal(open, publish)).toMatchObject({ kind: 'not-now' });
    expect(refusal(open, waive, { holds: ['manager'] })).toMatchObject({ kind: 'not-now' });
  });

  test('is not published while a follow-up has no owner or date', () => {
    const open = having(resolved(), {
      kind: 'add-follow-up',
      followUp: { ...followUp, owner: null },
    });
    expect(refusal(open, publish)).toMatchObject({ kind: 'not-now' });
    const finished = having(open, { kind: 'finish-follow-up', id: 'F1' });
    expect(done(finished, publish).incident.state).toBe('closed');
  });

  test('is done without by a manager with a reason; where it is optional, by the commander too', () => {
    expect(refusal(resolved(), waive)).toMatchObject({ kind: 'may-not', holders: ['manager'] });
    expect(refusal(resolved(), { ...waive, reason: 'no' }, { holds: ['manager'] })).toMatchObject({
      kind: 'needs-reason',
    });
    expect(done(resolved(), waive, { holds: ['manager'] }).incident.state).toBe('closed');
    expect(done(resolved(3), waive).incident.state).toBe('closed');
  });

  test('that is optional and that nobody writes closes the incident after five working days', () => {
    const closed = meet(resolved(3), 'review');
    expect(new Date(closed.incident.times.closed ?? 0).toISOString()).toBe(
      '2026-11-23T17:00:00.000Z',
    );
    expect(closed.incident.state).toBe('closed');
    expect(closed.told).toEqual([]);
  });

  test('keeps what was written and checked', () => {
    const notes = {
      kind: 'write-review',
      notes: { helped: 'the alert' },
      checks: { impact: true },
    } as const;
    expect(having(resolved(), notes).review).toMatchObject({
      notes: { helped: 'the alert', summary: '' },
      checks: { impact: true, timeline: false },
    });
  });
});

describe('a follow-up', () => {
  test('is chased at its date and weekly, then with a manager, also once it is closed', () => {
    let incident = having(resolved(), { kind: 'add-follow-up', followUp }, publish);
    expect(incident.state).toBe('closed');
    const asked: unknown[] = [];
    for (let n = 0; deadline(incident, 'follow-up') && n < 9; n += 1) {
      const one = meet(incident, 'follow-up');
      asked.push(one.told);
      incident = one.incident;
    }
    expect(asked).toEqual([
      ['user:U-kim 2'],
      ['user:U-kim 2'],
      ['user:U-kim 2'],
      ['user:U-manager 2'],
    ]);
    expect(wakeAt(incident)).toBeNull();
  });

  test('that is done is not chased, and the same twice is one', () => {
    const open = having(resolved(), { kind: 'add-follow-up', followUp });
    expect(refusal(open, { kind: 'add-follow-up', followUp })).toMatchObject({ kind: 'already' });
    const finished = having(open, { kind: 'finish-follow-up', id: 'F1' });
    expect(deadline(finished, 'follow-up')).toBeUndefined();
    expect(refusal(finished, { kind: 'finish-follow-up', id: 'F1' })).toMatchObject({
      kind: 'already',
    });
  });
});

describe('the timeline', () => {
  const note = {
    key: 'C1:1.5',
    author: 'U-ana',
    text: 'it began with the deploy',
    at: ten - 5_000,
    permalink: 'https://example.slack.com/1',
    files: ['F1'],
    how: 'pin',
  } as const;
  const add = { kind: 'add-note', note } as const;

  test('has a message once, at its own time', () => {
    const added = done(declared(), add, { by: 'U-anybody' });
    expect(added.facts).toMatchObject({
      text: note.text,
      written: note.at,
      permalink: note.permalink,
    });
    expect(added.told).toEqual([]);
    expect(refusal(added.incident, add)).toMatchObject({ kind: 'already' });
  });

  test('hides it, shows it again, and says later that it was changed, by nobody in particular perhaps', () => {
    const hidden = having(declared(), add, { kind: 'hide-note', note: note.key });
    expect(refusal(hidden, { kind: 'hide-note', note: note.key })).toMatchObject({
      kind: 'already',
    });
    expect(done(hidden, add).incident.notes).toEqual({ [note.key]: 'shown' });
    const changed = { kind: 'note-changed', note: note.key, text: null } as const;
    expect(done(having(declared(), add), changed, { by: null }).facts).toMatchObject({
      text: null,
    });
    expect(refusal(declared(), changed, { by: null })).toMatchObject({ kind: 'not-now' });
  });

  test('loses what is not marked any more, once, and nothing that stands there for another reason', () => {
    const gone = { kind: 'mark-gone', note: note.key } as const;
    const own = { by: null } as const;
    for (const how of ['reaction', 'pin'] as const) {
      const marked = having(declared(), { ...add, note: { ...note, how } });
      const hidden = done(marked, gone, own);
      expect(hidden.incident.notes).toEqual({ [note.key]: 'hidden' });
      expect([hidden.event, hidden.facts.unseen]).toEqual(['incident.note-hidden', true]);
      expect(refusal(hidden.incident, gone, own)).toMatchObject({ kind: 'already' });
      const again = having(hidden.incident, { ...add, note: { ...note, how: 'shortcut' } });
      expect(refusal(again, gone, own)).toMatchObject({ kind: 'already' });
    }
    const said = having(declared(), { ...add, note: { ...note, how: 'command' } });
    expect(refusal(said, gone, own)).toMatchObject({ kind: 'already' });
    expect(refusal(declared(), gone, own)).toMatchObject({ kind: 'already' });
  });

  test('has each change of a run once', () => {
    const run = {
      kind: 'run',
      run: 'R1',
      event: 'succeeded',
      by: 'U-dana',
      facts: { action: 'restart' },
    } as const;
    const heard = done(declared(), run, { by: null }).incident;
    expect(refusal(heard, run, { by: null })).toMatchObject({ kind: 'already' });
  });
});
