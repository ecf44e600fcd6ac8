import { afterAll, describe, expect, test } from 'vitest';
import { problemLine } from '../../src/config/problem.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { base, load } from './policy-file.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const complaints = (text: string) => {
  const result = load(folder.path, text);
  if (result.ok) throw new Error('expected mistakes, found none');
  return result.error.map((problem) => problemLine(problem).replace(`${folder.path}/`, ''));
};

describe('a mistake in them is found with its place', () => {
  test.each([
    [
      'approval: strict',
      'approval: strikt',
      '21:74  approvals.rules.0.approval: there is no approval set called strikt; did you mean strict?',
    ],
    [
      'production: { high: strict }',
      'production: { high: too }',
      '18:19  approvals.environments.production.high: there is no approval set called too; did you mean two?',
    ],
    [
      '    staging: {',
      '    stagin: {',
      '19:5  approvals.environments.stagin: there is no environment called stagin; did you mean staging?',
    ],
    [
      'any_of: manager',
      'any_of: manger',
      '16:31  approvals.sets.strict.slots.0.any_of: there is no role called manger; did you mean manager?',
    ],
    [
      'action: restart',
      'action: restrat',
      '21:9  approvals.rules.0.action: there is no action called restrat; did you mean restart?',
    ],
    [
      'role: oncall, approval',
      'role: onkall, approval',
      '21:60  approvals.rules.0.role: there is no role called onkall; did you mean oncall?',
    ],
    [
      'allow: ["restart"]',
      'allow: ["restrat"]',
      '8:29  grants.0.allow.0: there is no command called restrat; did you mean restart?',
    ],
    [
      'service: rust-auth,',
      'service: rustauth,',
      '8:41  grants.0.service: there is no service called rustauth; did you mean rust-auth?',
    ],
    [
      '"oncall:primary"',
      '"oncall:primry"',
      '4:23  roles.oncall.members.0: there is no on-call list called primry; did you mean primary?',
    ],
    [
      'lifted_by: [manager]',
      'lifted_by: [managers]',
      '24:16  kill_switch.lifted_by: there is no role called managers; did you mean manager?',
    ],
    [
      'channels: C0OPS',
      'channels: ops',
      '8:61  grants.0.channels: expected the Slack id of a channel, C…',
    ],
    [
      'channels: C0OPS',
      'channels: C0OPS, deny: [rollback]',
      '8:5  grants.0: expected no channels beside a denial: what is forbidden is forbidden everywhere',
    ],
    [
      'zone: Europe/Berlin',
      'zone: Europe/Berlinn',
      'oncall.primary.weekly.zone: expected a time zone such as Europe/Berlin',
    ],
    [
      'first: "2026-11-16 09:00"',
      'first: "2026-11-31 09:00"',
      'oncall.primary.weekly.first: expected a day and an hour such as 2026-11-16 09:00',
    ],
    [
      'from: "2026-12-24T09:00:00+01:00"',
      'from: "2026-12-28T09:00:00+01:00"',
      'oncall.primary.shifts.0: expected an end after the beginning',
    ],
    [
      'from: "2026-12-24T09:00:00+01:00"',
      'from: "2026-12-24"',
      'oncall.primary.shifts.0.from: expected a moment such as 2026-12-24T09:00:00+01:00',
    ],
    [
      'expires: 20m',
      'expires: 2s',
      'approvals.sets.one.expires: expected a duration between 10s and 1d',
    ],
    [
      'expires: 20m',
      'requester_confirms: true',
      'approvals.sets.one: expected either slots or requester_confirms',
    ],
    [
      'over: 1000',
      'over: 1000, is: "5"',
      'approvals.escalators.0.fact: expected either over or is',
    ],
    ['to: destructive', 'to: low', 'approvals.escalators.0.to: expected high or destructive'],
    ['n: 2', 'n: 0', 'approvals.sets.strict.slots.0.n: expected at least 1'],
    [
      'expires: 20m',
      'expires: 20m, escalate: { after: 20m, to: "role:manager" }',
      '15:80  approvals.sets.one.escalate.after: expected a time before it expires',
    ],
    [
      'expires: 20m',
      'expires: 20m, escalate: { after: 5m, to: [] }',
      'approvals.sets.one.escalate.to: expected',
    ],
    [
      'expires: 20m',
      'expires: 20m, escalate: { after: 5m, to: "role:manger" }',
      '15:91  approvals.sets.one.escalate.to: there is no role called manger; did you mean manager?',
    ],
    [
      'expires: 20m',
      'expires: 20m, escalate: { after: 5m, to: ["oncall:primary", "oncall:primry"] }',
      '15:91  approvals.sets.one.escalate.to: there is no on-call list called primry; did you mean primary?',
    ],
    [
      'expires: 20m',
      'expires: 20m, escalate: { after: 5m, to: manager }',
      'approvals.sets.one.escalate.to: expected user:U… or group:S… with the Slack id',
    ],
    [
      'slots: [{ any_of: [manager, security] }], expires: 20m',
      'requester_confirms: true, escalate: { after: 5m, to: "role:manager" }',
      'approvals.sets.one.escalate: expected slots beside it',
    ],
    [
      'approval: strict',
      'approval: strict, review_within: 24h',
      'approvals.rules.0.review_within: unknown key',
    ],
  ])('%s → %s', (from, to, says) => {
    expect(complaints(base.replace(from, to))).toEqual([expect.stringContaining(says)]);
  });
});
