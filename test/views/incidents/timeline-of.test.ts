import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/core/audit.ts';
import type { Json } from '../../../src/core/json.ts';
import { timelineOf } from '../../../src/views/incidents/timeline-of.ts';

let id = 0;
const record = (
  event: string,
  facts: { readonly [name: string]: Json } = {},
  more: Partial<AuditRecord> = {},
): AuditRecord => {
  id += 1;
  const at = Date.UTC(2026, 10, 16, 10) + id * 1_000;
  const known = { id, subject: 'INC-42', version: id, at, hash: '' };
  return { ...known, event, actor: 'user:T1/U1', facts, ...more };
};

const note = (key: string, more: { readonly [name: string]: Json } = {}) =>
  record('incident.note-added', { key, author: 'U2', text: `said ${key}`, written: 5, ...more });
const hide = (key: string) => record('incident.note-hidden', { key });
const said = (records: readonly AuditRecord[]) => timelineOf(records).map((one) => one.said);

describe('the timeline', () => {
  test('is oldest first, in whatever order its records are read', () => {
    const records = [record('incident.moved', { to: 'identified' }), record('incident.reopened')];
    expect(said(records.toReversed())).toEqual(said(records));
    expect(said(records)[0]).toContain('INC-42 is *identified* now');
  });

  test('has a message at the time at which it was written, with who wrote it, link and files', () => {
    const moved = record('incident.moved', { to: 'identified' }, { at: 1_000 });
    const added = note('C1:1', {
      written: 500,
      permalink: 'https://x.example/1',
      files: ['a.log'],
    });
    const [first] = timelineOf([moved, added]);
    expect(first).toMatchObject({
      at: 500,
      recorded: added.at,
      kind: 'note',
      by: 'U2',
      said: 'said C1:1',
      permalink: 'https://x.example/1',
      files: ['a.log'],
    });
  });

  test('leaves out what was taken off, and has it once when it was put there again', () => {
    expect(said([note('a'), hide('a')])).toEqual([]);
    expect(said([note('a'), hide('a'), note('a')])).toEqual(['said a']);
    expect(said([note('a'), note('b'), hide('a')])).toEqual(['said b']);
  });

  test('says of a message what became of it later, and keeps what it said', () => {
    const changed = record('incident.note-changed', { key: 'a', text: 'other words' });
    const deleted = record('incident.note-changed', { key: 'a', text: null });
    const [line] = timelineOf([note('a'), changed, deleted]);
    expect(line).toMatchObject({
      said: 'said a',
      later: ['edited later: other words', 'deleted later'],
    });
  });

  test('has the runs of the incident by their own records', () => {
    const facts = { action: 'restart', service: 'rms-auth', env: 'prod', why: 'it hung' };
    const failed = record('run.failed', facts, { subject: 'R-1', actor: 'gatehouse' });
    const heard = record('incident.run', { run: 'R-1', what: 'failed' });
    expect(timelineOf([heard, failed])).toMatchObject([
      { kind: 'run', sign: ':x:', said: '`restart rms-auth@prod` failed – it hung (`R-1`)' },
    ]);
  });

  test('says who approved a run, and who asked for it', () => {
    const facts = { action: 'restart', service: 'rms-auth', env: 'prod' };
    const asked = record('run.requested', { ...facts, reason: 'it hung' }, { subject: 'R-1' });
    const approved = record('run.approved', facts, { subject: 'R-1', actor: 'user:T1/U2' });
    expect(said([asked, approved])).toEqual([
      '`restart rms-auth@prod` requested by <@U1> – it hung (`R-1`)',
      '`restart rms-auth@prod` approved by <@U2> (`R-1`)',
    ]);
  });

  test('says when Gatehouse was not there', () => {
    const [line] = timelineOf([], [{ from: 1_000, until: 121_000 }]);
    expect(line).toMatchObject({ at: 1_000, kind: 'absence' });
    expect(line?.said).toContain('not there for 2 m');
  });

  test('leaves out the steps of the channel but those that failed', () => {
    const done = record('incident.set-up', { step: 'topic', how: 'done' });
    const failed = record('incident.set-up', { step: 'pin', how: 'failed', why: 'no scope' });
    expect(said([done, failed])).toHaveLength(1);
  });
});
