import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncidentReport, TimelineLine } from '../../../src/core/incident-report.ts';
import { reviewMarkdown } from '../../../src/views/incidents/review-markdown.ts';
import { stopwatch } from '../../../src/views/incidents/review-words.ts';
import { plainWords } from '../../../src/views/text/plain-words.ts';
import { incidentPage } from '../../../src/web/incident-page.ts';
import { someIncident } from '../../support/some-incident.ts';

const ten = Date.UTC(2026, 10, 16, 10);
const line = (more: Partial<TimelineLine>): TimelineLine => ({
  at: ten,
  recorded: ten,
  kind: 'change',
  by: 'U1',
  sign: ':mega:',
  said: 'Update 1 by <@U1>',
  permalink: null,
  files: [],
  later: [],
  ...more,
});

const report = (
  more: Partial<IncidentReport> = {},
  incident: Parameters<typeof someIncident>[1] = {},
): IncidentReport => ({
  incident: someIncident(42, { roles: { commander: { by: 'U1', at: ten } }, ...incident }),
  now: ten + 3_600_000,
  lines: [line({})],
  leftOut: 0,
  promises: {
    acknowledged: { took: 192_000, within: 300_000 },
    updates: { posted: 12, onTime: 9, late: 1, merged: 2 },
    followUps: { dated: 0, kept: 0 },
    missed: [],
    reminders: 3,
    escalations: 1,
    redAgain: 0,
    absent: 120_000,
  },
  absences: [],
  evidence: [],
  names: new Map([
    ['U1', 'Sam Carter'],
    ['U2', 'Kim'],
  ]),
  ...more,
});

describe('the review', () => {
  test('says what was promised and how it was kept', () => {
    const text = reviewMarkdown(report(), 'names');
    expect(text).toContain('| Acknowledged | 3:12 of 5:00 | yes |');
    expect(text).toContain('| Updates | 9 of 10 on time, 2 merged into a later one | no |');
    expect(text).toContain('| Gatehouse was away | 2 m | no |');
    expect(text).toContain('**2026-11-16 10:00 UTC** Update 1 by Sam Carter');
  });

  test('says of each promise that was missed when it was due and what came of it', () => {
    const { promises } = report();
    const at = (minutes: number) => ten + minutes * 60_000;
    const merged = { kind: 'update', came: at(50), update: 2, merged: true } as const;
    const missed = [
      { kind: 'update', due: at(15), came: at(18), update: 1, merged: false },
      { ...merged, due: at(30) },
      { ...merged, due: at(45), came: null, update: null },
      { kind: 'more-updates', count: 2 },
      { kind: 'follow-up', id: 'F1', text: 'tell [Sam Carter]', due: at(60), done: null },
    ] as const;
    const followUps = { dated: 2, kept: 1 };
    const whole = report({ promises: { ...promises, followUps, missed } });
    const text = reviewMarkdown(whole, 'names');
    expect(text).toContain('| Follow-ups | 1 of 2 by their date | no |');
    expect(text).toContain(
      [
        '- Update due 2026-11-16 10:15 UTC: came 2026-11-16 10:18 UTC as update 1, 3 m late',
        '- Update due 2026-11-16 10:30 UTC: did not come; update 2 of 2026-11-16 10:50 UTC stands for it',
        '- Update due 2026-11-16 10:45 UTC: did not come, and nothing has come since',
        '- 2 more updates, of which it was not written down when they were due',
        '- F1 tell \\[Sam Carter\\], due 2026-11-16 11:00 UTC: not done yet',
      ].join('\n'),
    );
    expect(reviewMarkdown(whole, 'roles')).not.toContain('Sam Carter');
    const page = String(
      incidentPage({ report: whole, naming: 'roles', until: 0, chart: null, slackAway: null }),
    );
    expect(page).toContain('Update due 2026-11-16 10:15 UTC: came 2026-11-16 10:18 UTC');
    expect(page).not.toContain('Sam Carter');
  });

  test('names nobody when people are called by their roles, also not whom people have named', () => {
    const lines = [
      line({}),
      line({ kind: 'note', by: 'U2', said: 'ask sam carter or &lt;@U2|kim&gt;, says user:U1' }),
    ];
    const text = reviewMarkdown(report({ lines }), 'roles');
    expect(text).not.toMatch(/sam carter|kim|U1|U2/i);
    expect(text).toContain('Update 1 by incident commander');
    expect(text).toContain('colleague 1: ask incident commander or colleague 1');
  });

  test('lists the evidence of one about security, and says when there is none', () => {
    const kept = report({ evidence: ['`R-1`: logs.json, 12 kB'] }, { security: true });
    expect(reviewMarkdown(kept, 'names')).toContain('R-1: logs.json, 12 kB');
    expect(reviewMarkdown(report({}, { security: true }), 'names')).toContain('None was kept.');
    expect(reviewMarkdown(report(), 'names')).not.toContain('## Evidence');
  });

  test('says how many records were left out', () => {
    expect(reviewMarkdown(report({ leftOut: 7 }), 'names')).toContain('7 older records');
  });
});

describe('whatever people type', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '[click](javascript:alert(1))',
      '# head',
      '| a | b |',
      '</style><script>',
      '<!-- x',
    ),
  );

  test('is text on the page, and no markup', () => {
    fc.assert(
      fc.property(words, words, (title, said) => {
        const lines = [line({ said, permalink: said, files: [title], later: [said] })];
        const naming = 'names' as const;
        const whole = report({ lines }, { title });
        const page = incidentPage({
          report: whole,
          naming,
          until: 0,
          chart: null,
          slackAway: null,
        });
        expect(page.match(/<script|<img|onerror=alert\(1\)>|javascript:alert\(1\)"/g)).toBeNull();
        expect(page.match(/<style>/g)).toHaveLength(1);
        expect(page.match(/<h1>/g)).toHaveLength(1);
      }),
    );
  });

  test('is text in the file: no link, no heading and no tag of theirs', () => {
    fc.assert(
      fc.property(words, (said) => {
        const text = reviewMarkdown(report({ lines: [line({ said })] }), 'names');
        expect(text.match(/^# /gm)).toHaveLength(1);
        expect(text).not.toMatch(/(?<!\\)<script|(?<!\\)\]\(javascript/);
      }),
    );
  });
});

test('Slack’s markup becomes plain words', () => {
  const plain = plainWords(
    ':mega: *Known* `key` <@U1> in <#C1|ops> <https://x.example|page> <!date^1^{time}|10:00 UTC> a &amp;lt; b',
    (id) => `name of ${id}`,
  );
  expect(plain).toBe('Known key name of U1 in #ops page 10:00 UTC a &lt; b');
});

test('a stopwatch has hours only when there are some', () => {
  expect([0, 5_400, 192_000, 3_661_000].map(stopwatch)).toEqual([
    '0:00',
    '0:05',
    '3:12',
    '1:01:01',
  ]);
});
