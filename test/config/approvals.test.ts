import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { problemLine } from '../../src/config/problem.ts';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import { onCallAt } from '../../src/core/rota.ts';
import { drivers } from '../../src/targets/index.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const base = `version: 1
slack: { team: T0GATE }
roles:
  oncall: { members: ["oncall:primary"] }
  manager: { members: ["user:U0ONE", "user:U0TWO"] }
  security: { members: ["group:S0SEC"] }
grants:
  - { role: oncall, allow: ["restart"], service: rust-auth, channels: C0OPS }
oncall:
  primary:
    weekly: { people: ["user:U0ONE", "user:U0TWO"], zone: Europe/Berlin, first: "2026-11-16 09:00" }
    shifts: [{ who: "user:U0THREE", from: "2026-12-24T09:00:00+01:00", to: "2026-12-27T09:00:00+01:00" }]
approvals:
  sets:
    one: { slots: [{ any_of: [manager, security] }], expires: 20m }
    strict: { slots: [{ n: 2, any_of: manager }], reason: 30, typed_target: true, step_up: totp }
  environments:
    production: { high: strict }
    staging: { destructive: strict }
  rules:
    - { action: restart, service: [rust-auth], risk: high, role: oncall, approval: strict }
  escalators:
    - { fact: { name: users affected, over: 1000 }, to: destructive }
kill_switch: { lifted_by: [manager] }
services:
  rust-auth:
    title: Rust auth
    runbook: "002"
    environments: { prod: {}, staging: {} }
`;
const commands = { all: ['status', 'restart', 'rollback'], actions: ['restart', 'rollback'] };
const path = join(folder.path, 'gatehouse.yml');
const load = (text: string) => {
  writeFileSync(path, text);
  return loadConfig({ env: {}, drivers, path, commands });
};
const whole = (text: string) => {
  const result = load(text);
  if (!result.ok) throw new Error(result.error.map(problemLine).join('\n'));
  return result.value;
};
const complaints = (text: string) => {
  const result = load(text);
  if (result.ok) throw new Error('expected mistakes, found none');
  return result.error.map((problem) => problemLine(problem).replace(`${folder.path}/`, ''));
};

describe('a file that says nothing about approvals', () => {
  test('means the usual ones, with a version of its own', () => {
    const plain = base
      .replace(/oncall:\n {2}primary[\s\S]*?(?=services:)/, '')
      .replace('"oncall:primary"', '"user:U0TEN"');
    const { approvals, policy } = whole(plain);
    expect(approvals).toMatchObject({
      production: defaultApprovals.production,
      elsewhere: defaultApprovals.elsewhere,
      rules: [],
      escalators: [],
    });
    expect(approvals.version).toMatch(/^[0-9a-f]{64}$/);
    expect(policy.lifting).toBeUndefined();
  });
});

describe('the approvals of a file', () => {
  test('become sets by risk, environments, rules and escalators', () => {
    const { approvals, policy } = whole(base);
    expect(approvals.production.high).toEqual({
      name: 'strict',
      slots: [{ n: 2, anyOf: ['manager'] }],
      requesterConfirms: false,
      waits: 900_000,
      validFor: 600_000,
      reason: 30,
      typedTarget: true,
      stepUp: 'totp',
    });
    expect(approvals.production.low.name).toBe('confirm');
    expect(approvals.elsewhere.destructive.slots).toEqual([
      { n: 1, anyOf: ['manager', 'security'] },
    ]);
    expect(approvals.environments?.staging?.destructive?.name).toBe('strict');
    expect(approvals.rules).toEqual([
      expect.objectContaining({ action: ['restart'], risk: ['high'], role: ['oncall'] }),
    ]);
    expect(approvals.escalators).toEqual([
      { fact: { name: 'users affected', over: 1_000 }, to: 'destructive' },
    ]);
    expect(policy.lifting).toEqual(['manager']);
    expect(policy.grants[0]).toMatchObject({ service: ['rust-auth'], channels: ['C0OPS'] });
  });

  test('have another version when anything of the policy is another, and the same when nothing is', () => {
    const version = (text: string) => whole(text).approvals.version;
    const same = version(base);
    expect(version(base.replace('title: Rust auth', 'title: Another title'))).toBe(same);
    expect(
      version(base.replace('reason: 30, typed_target: true', 'typed_target: true, reason: 30')),
    ).toBe(same);
    const changes = [
      ['reason: 30', 'reason: 31'],
      ['over: 1000', 'over: 1001'],
      ['"user:U0ONE", "user:U0TWO"], zone', '"user:U0TWO", "user:U0ONE"], zone'],
      ['lifted_by: [manager]', 'lifted_by: [manager, security]'],
      ['allow: ["restart"]', 'allow: ["rollback"]'],
      ['group:S0SEC', 'group:S0SEK'],
      ['expires: 20m', 'expires: 21m'],
    ].map(([from = '', to = '']) => version(base.replace(from, to)));
    expect(new Set([same, ...changes]).size).toBe(changes.length + 1);
  });

  test('have on-call lists that say who it is when', () => {
    const list = whole(base).policy.oncall?.primary;
    const at = (text: string) => list && onCallAt(list, Date.parse(text));
    expect(at('2026-11-16T07:59:59Z')).toEqual([]);
    expect(at('2026-11-16T08:00:00Z')).toEqual(['user:U0ONE']);
    expect(at('2026-11-23T08:00:00Z')).toEqual(['user:U0TWO']);
    expect(at('2026-12-25T00:00:00Z')).toEqual(['user:U0THREE']);
  });
});

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
      'approval: strict',
      'approval: strict, review_within: 24h',
      'approvals.rules.0.review_within: unknown key',
    ],
  ])('%s → %s', (from, to, says) => {
    expect(complaints(base.replace(from, to))).toEqual([expect.stringContaining(says)]);
  });
});

test('the example says in comments what the usual approvals are, and they are', () => {
  const example = readFileSync('gatehouse.example.yml', 'utf8');
  const said = /^# approvals:\n(?:# .*\n)+/m.exec(example)?.[0].replace(/^# ?/gm, '') ?? '';
  expect(said).toContain('destructive: two');
  const text = base.replace(/^approvals:\n[\s\S]*?(?=kill_switch)/m, said);
  const { approvals } = whole(text);
  expect(approvals.production).toEqual(defaultApprovals.production);
  expect(approvals.elsewhere).toEqual(defaultApprovals.elsewhere);
  expect(approvals.rules).toEqual([]);
});
