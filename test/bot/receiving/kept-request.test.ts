import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepRequest, readKept } from '../../../src/bot/receiving/kept-request.ts';
import { createRedactor } from '../../../src/core/redactor.ts';
import type { Asked } from '../../../src/handlers/desk.ts';
import { storedText } from '../../../src/store/database/stored-json.ts';

const { redactAll } = createRedactor({ secrets: ['hunter2!'] });
const asker = { id: 'U1', team: 'T1' };
const place = { channel: 'C1', thread: null };

/** What comes back from the database. */
const kept = (asked: Asked) => readKept(storedText(keepRequest(asked, redactAll)));

describe('what is kept of a request', () => {
  const all: Asked[] = [
    { kind: 'command', text: 'restart rms-auth@prod --reason "memory leak"', asker, place },
    { kind: 'mention', text: 'restart x', asker, place: { channel: 'C1', thread: '1.1' } },
    { kind: 'click', action: 'run:approve', value: 'R-1.abc', asker, place },
    { kind: 'click', action: 'run:approve', value: 'R-1.abc', asker, place: null },
    { kind: 'submission', callback: 'run:request', values: { a: 'b', c: null }, data: '{}', asker },
    { kind: 'submission', callback: 'x', values: {}, asker },
    { kind: 'shortcut', callback: 'x', text: 'y', asker, place: null },
    { kind: 'home', asker },
  ];
  test.each(all)('is all of a $kind', (asked) => {
    expect(kept(asked)).toEqual({ asked, whole: true });
  });

  test('has no secret in it, and says that something is missing', () => {
    const text = 'restart x --reason "it says hunter2! and xoxb-123456789012-abcdefghijkl"';
    const found = kept({ kind: 'command', text, asker, place });
    expect(found?.whole).toBe(false);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|xoxb-1/);
    expect(found?.asked).toMatchObject({ kind: 'command', asker, place });
  });

  test.each([
    'approve R-123456 --target rms-auth@prod --code 482913',
    'approve R-123456 --target rms-auth@prod --code "482 913"',
    'approve R-123456 --code=482-913',
    'aprove R-123456 482913',
    'approve 482913 --code',
    'approve R-123456 --code ４８２９１３',
  ])('has no one-time password in it, wherever it was typed: %s', (text) => {
    const found = kept({ kind: 'command', text, asker, place });
    expect(JSON.stringify(found).normalize('NFKC')).not.toMatch(/482.?913/);
    expect(found?.whole).toBe(false);
    if (text.includes('R-')) expect(JSON.stringify(found)).toContain('R-123456');
  });

  test.each(['code', 'param:code'])('has none that was filled in as %s either', (field) => {
    const values = { target: 'rms-auth@prod', [field]: '482913', note: null };
    const found = kept({ kind: 'submission', callback: 'run:approve', values, data: 'R-1', asker });
    expect(JSON.stringify(found)).not.toContain('482913');
    expect(found?.asked).toMatchObject({ values: { target: 'rms-auth@prod', note: null } });
  });

  test('is small, however much was asked', () => {
    const long = 'x'.repeat(100_000);
    const huge: Asked[] = [
      { kind: 'command', text: long, asker, place },
      { kind: 'click', action: 'ask:0', value: long, asker, place },
      { kind: 'submission', callback: 'run:request', values: { reason: long }, asker },
      { kind: 'shortcut', callback: 'x', text: long, asker, place: null },
    ];
    for (const asked of huge) {
      expect(keepRequest(asked, redactAll).length).toBeLessThan(8_100);
      expect(kept(asked)).toMatchObject({ whole: false, asked: { kind: asked.kind, asker } });
    }
  });

  test('is read, or is nothing, whatever stands there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(readKept(text)).toBeNull();
      }),
    );
  });
});
