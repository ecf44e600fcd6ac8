import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { problemLine } from '../../src/config/problem.ts';
import { defaultApprovals, usualSets } from '../../src/core/default-approvals.ts';
import { onCallAt } from '../../src/core/rota.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { base, load } from './policy-file.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const whole = (text: string) => {
  const result = load(folder.path, text);
  if (!result.ok) throw new Error(result.error.map(problemLine).join('\n'));
  return result.value;
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

  test('say who hears of it when nobody decides', () => {
    const said = 'expires: 20m, escalate: { after: 5m, to: ["oncall:primary", "user:U0ONE"] }';
    const { approvals } = whole(base.replace('expires: 20m', said));
    expect(approvals.elsewhere.destructive).toMatchObject({
      name: 'one',
      escalate: { after: 300_000, to: ['oncall:primary', 'user:U0ONE'] },
    });
    expect(approvals.production.high).not.toHaveProperty('escalate');
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

test('a rule can ask for a manager and for security, by the set that there is for it', () => {
  const said =
    'approvals:\n  rules:\n    - { action: rollback, risk: destructive, approval: two_sec }\n';
  const { approvals } = whole(base.replace(/^approvals:\n[\s\S]*?(?=kill_switch)/m, said));
  const { two } = usualSets;
  expect(approvals.rules?.[0]?.set).toEqual({
    ...two,
    name: 'two_sec',
    slots: [
      { n: 1, anyOf: ['manager'] },
      { n: 1, anyOf: ['security'] },
    ],
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
