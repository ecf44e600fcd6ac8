import { expect, test } from 'vitest';
import type { RunRefusal } from '../../../src/core/run-refusal.ts';
import { runRefusalMessage, runRefusalSentence } from '../../../src/views/runs/run-refusal.ts';

const verdict = {
  ok: false,
  checks: [
    { name: 'copies', ok: false, seen: 'none runs' },
    { name: 'disk', ok: true, seen: 'fine' },
  ],
};

const sentences: { [Kind in RunRefusal['kind']]: [Extract<RunRefusal, { kind: Kind }>, string] } = {
  'no-such-run': [{ kind: 'no-such-run', id: '<R1>' }, 'There is no run `&lt;R1&gt;`'],
  cannot: [
    { kind: 'cannot', action: 'restart', target: 'a@b', needs: ['lifecycle'] },
    '(lifecycle)',
  ],
  'not-now': [
    { kind: 'not-now', verdict },
    'cannot be done now, so nothing was asked for: copies – none runs.',
  ],
  'reason-too-short': [{ kind: 'reason-too-short', least: 8 }, 'at least 8 characters'],
  'nobody-could-approve': [
    { kind: 'nobody-could-approve', roles: ['manager'] },
    'it needs `manager`',
  ],
  'no-incident': [
    { kind: 'no-incident', target: 'a@b', no: { why: 'over', id: 'INC-7', state: 'resolved' } },
    'an open incident about `a@b`, and `INC-7` is resolved',
  ],
  'outside-window': [
    {
      kind: 'outside-window',
      action: 'deploy',
      target: 'a@b',
      place: 'production',
      hours: ['Mon-Thu 08:00-16:00 Europe/<Berlin>'],
      opens: { at: Date.UTC(2026, 10, 30, 7), zone: 'Europe/Berlin' },
      inIncident: true,
      breakGlass: { roles: ['oncall'], onCall: ['primary'] },
    },
    'only `Mon-Thu 08:00-16:00 Europe/&lt;Berlin&gt;`, so nothing was asked for. It can be asked for again <!date^1796022000^',
  ],
  'own-request': [{ kind: 'own-request' }, 'You asked for this yourself'],
  'about-yourself': [{ kind: 'about-yourself' }, 'Somebody else can ask for it'],
  'not-eligible': [{ kind: 'not-eligible', roles: ['a', 'b'] }, 'the role `a` or `b`'],
  'voted-already': [{ kind: 'voted-already' }, 'counts once'],
  'other-plan': [
    { kind: 'other-plan', shown: '11111111', current: '22222222' },
    'another one now (`22222222`) than the one you saw (`11111111`)',
  ],
  'other-message': [{ kind: 'other-message', id: 'R8' }, 'is not one about the run `R8`'],
  already: [{ kind: 'already', state: 'denied' }, 'the run is denied'],
  'too-late': [{ kind: 'too-late' }, 'has expired'],
  'not-yours': [{ kind: 'not-yours' }, 'Only the person who asked for it'],
  'wrong-target-typed': [{ kind: 'wrong-target-typed', expected: 'a@prod' }, 'Type `a@prod`'],
  'not-verified': [{ kind: 'not-verified', why: 'timeout' }, 'could not be looked up (`timeout`)'],
  'not-proven': [
    { kind: 'not-proven', proof: { kind: 'no-key', why: 'the <key> is gone' } },
    'could not be checked (the &lt;key&gt; is gone)',
  ],
  'no-step-up': [{ kind: 'no-step-up' }, 'no encryption key is configured'],
  'break-glass': [
    { kind: 'break-glass', why: 'unreviewed', run: 'R-<1>' },
    'before (`R-&lt;1&gt;`)',
  ],
  'given-up': [{ kind: 'given-up' }, 'nothing was done and nothing was asked for'],
  claimed: [
    {
      kind: 'claimed',
      target: 'all@b',
      claim: {
        target: 'a@b',
        by: { id: 'U1', team: 'T1' },
        reason: 'the <heap>',
        since: 0,
        until: 3_600_000,
      },
    },
    '`a@b` is claimed by <@U1> until',
  ],
  limit: [
    {
      kind: 'limit',
      per: 'target',
      what: 'restart',
      target: 'a@<b>',
      most: 3,
      within: 3_600_000,
      roomAt: 0,
    },
    '`restart` has begun on `a@&lt;b&gt;` 3 times within 1 h',
  ],
  stopped: [
    { kind: 'stopped', why: 'All changes are stopped: <storm>.' },
    'All changes are stopped: &lt;storm&gt;. Nothing was asked for',
  ],
  'may-not-stop': [
    { kind: 'may-not-stop', roles: ['manager', 'security'] },
    'the role `manager` or `security`',
  ],
  'may-not-resume': [{ kind: 'may-not-resume', roles: ['manager', 'security'] }, 'two people'],
};

test.each(Object.entries(sentences))('%s has its sentence', (_kind, [refusal, sentence]) => {
  expect(runRefusalSentence(refusal)).toContain(sentence);
  expect(runRefusalMessage(refusal).text).toContain(sentence);
});

test('an incident that is not grave enough is told with how grave it is and what counts', () => {
  const no = { why: 'minor', id: 'INC-7', severity: 3, atLeast: 2 } as const;
  const said = runRefusalSentence({ kind: 'no-incident', target: 'a@b', no });
  expect(said).toContain('an open incident about `a@b` of SEV2 or graver, and `INC-7` is SEV3');
});

test('where nobody but who asked has a say, others are told so, and of no role that there is not', () => {
  const said = runRefusalSentence({ kind: 'not-eligible', roles: [] });
  expect(said).toContain('nobody else is asked');
  expect(said).not.toContain('role');
});

test('a limit says when there is room again, who else could ask, and where it stands', () => {
  const roomAt = Date.UTC(2026, 0, 2, 10, 12);
  const limit = { kind: 'limit', most: 20, within: 3_600_000, roomAt, target: 'a@prod' } as const;
  const person = runRefusalSentence({ ...limit, per: 'person', what: 'high' });
  expect(person).toContain('You have asked for 20 changes of `high` within 1 h');
  expect(person).toContain('2026-01-02 10:12 UTC');
  expect(person).toContain('Somebody else can ask for it until then');
  expect(person).toContain('`limits.per_person.high` in the configuration file');
  const refused = runRefusalSentence({ ...limit, per: 'person', what: 'refused' });
  expect(refused).toContain('20 of your requests were refused within 1 h');
  expect(refused).toContain('2026-01-02 10:12 UTC');
  expect(refused).toContain('somebody else can ask for it; reading and `/auth plan` still work');
  expect(refused).toContain('`limits.per_person.refused` in the configuration file');
  const target = runRefusalSentence({ ...limit, per: 'target', what: 'restart' });
  expect(target).toContain('2026-01-02 10:12 UTC');
  expect(target).toContain('`/auth logs a@prod`');
  expect(target).toContain('`limits.per_target.restart` in the configuration file');
});

test('that any reason will do is said without counting it', () => {
  const sentence = runRefusalSentence({ kind: 'reason-too-short', least: 1 });
  expect(sentence).toMatch(/^This needs a reason, for those who approve it/);
});

test.each([
  ['rollback', 'history'],
  ['unblock', 'blocks'],
  ['user restore', 'user show'],
  ['restart', 'status'],
  [undefined, 'status'],
])('who asked for %s in vain is told what shows how it is', (action, look) => {
  const verdict = { ok: false, checks: [{ name: 'it', ok: false, seen: 'none' }] };
  const refusal = { kind: 'not-now', verdict, ...(action && { action }) } as const;
  expect(runRefusalSentence(refusal)).toContain(`\`/auth ${look}\` shows`);
});

test.each([
  ['account', 'there is no account jo@example.com.', ': there is no account jo@example.com.'],
  ['every service: account', 'there is no account jo', ': there is no account jo.'],
  ['rms-auth: health', '503', ': rms-auth: health – 503.'],
])('what was looked at is named where what was seen does not say it: %s', (name, seen, said) => {
  const verdict = { ok: false, checks: [{ name, ok: false, seen }] };
  expect(runRefusalSentence({ kind: 'not-now', verdict })).toContain(
    `nothing was asked for${said} `,
  );
});
