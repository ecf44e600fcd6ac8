import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadConfig } from '../../src/config/load-config.ts';
import { problemLine } from '../../src/config/problem.ts';
import { lintApprovals } from '../../src/permissions/lint-approvals.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const base = `
version: 1
slack: { team: T0EXAMPLE }
roles:
  manager: { members: [user:U0ONE, user:U0TWO] }
  security: { members: [user:U0THREE, user:U0FOUR] }
  oncall: { members: [user:U0FIVE, user:U0SIX] }
  primary: { members: ["oncall:primary"] }
oncall:
  primary: { weekly: { people: [user:U0FIVE, user:U0SIX], zone: Europe/Berlin, first: "2026-11-16 09:00" } }
grants:
  - { role: "*", allow: ["risk:read"] }
  - { role: oncall, allow: ["risk:high"] }
services:
  one: { title: One, runbook: "000", environments: { prod: {} } }
`;
const section = {
  roles: ['oncall'],
  on_call: ['primary'],
  never: ['keys rotate'],
  notify: { roles: ['manager', 'security'], channel: 'C0SECURITY' },
  review: { by: ['manager'] },
  incident: 'not-required',
};

function load(given: object | null, change: object = {}) {
  const path = join(folder.path, 'gatehouse.yml');
  const file = { ...parse(base), ...(given && { break_glass: given }), ...change };
  writeFileSync(path, stringify(file));
  return loadConfig({ env: {}, drivers: [], path });
}

/** What the linter says, or the schema before it. */
function complaints(given: object, change = {}): string[] {
  const loaded = load(given, change);
  if (!loaded.ok) return loaded.error.map(problemLine);
  const commands = [
    { name: 'restart', risk: 'high' as const, aim: 'one' as const },
    { name: 'keys rotate', risk: 'high' as const, aim: 'one' as const },
    { name: 'status', risk: 'read' as const, aim: 'one' as const },
  ];
  const now = Date.parse('2026-11-22T04:00:00Z');
  return lintApprovals({ ...loaded.value, commands, now, unenforced: [] });
}

test('is off unless the file says when it is on', () => {
  const config = load(null);
  expect(config.ok && config.value.approvals.breakGlass).toBeUndefined();
});

test('is what the file says, with two uses of a person, five of all and a day for the review', () => {
  const config = load(section);
  expect(config.ok && config.value.approvals.breakGlass).toEqual({
    roles: ['oncall'],
    onCall: ['primary'],
    never: ['keys rotate'],
    notify: section.notify,
    perPerson: 2,
    global: 5,
    review: { by: ['manager'], within: 86_400_000 },
  });
  expect(complaints(section)).toEqual([]);
});

test('needs an open incident about the target, unless the file says that it does not', () => {
  const { incident: _incident, ...silent } = section;
  const ruleOf = (given: object) => {
    const config = load(given);
    return config.ok ? config.value.approvals.breakGlass?.incident : expect.fail();
  };
  expect(ruleOf(silent)).toBe('required');
  expect(ruleOf({ ...section, incident: 'required' })).toBe('required');
  expect(ruleOf(section)).toBeUndefined();
});

test('is part of the version of the policy: whoever changes it asks again', () => {
  const versions = [null, section, { ...section, never: [] }].map((given) => {
    const config = load(given);
    return config.ok ? config.value.approvals.version : expect.fail();
  });
  expect(new Set(versions).size).toBe(3);
});

describe('Gatehouse does not start', () => {
  const without = (key: keyof typeof section) =>
    Object.fromEntries(Object.entries(section).filter(([name]) => name !== key));
  test.each<[string, object, string]>([
    ['without a list of what it never counts for', without('never'), 'break_glass.never'],
    ['without anybody to tell', without('notify'), 'break_glass.notify'],
    ['without anybody to review it', without('review'), 'break_glass.review'],
    ['with a role that there is not', { ...section, roles: ['oncal'] }, 'there is no role oncal'],
    [
      'with an action that there is not',
      { ...section, never: ['status'] },
      'break_glass.never: there is no action status',
    ],
    [
      'where people hold the role of who is on call all the time',
      { ...section, on_call: ['oncall'] },
      'need not be on call now',
    ],
    [
      'where somebody whose approval is left out is not told',
      { ...section, notify: { ...section.notify, roles: ['manager'] } },
      'break_glass.notify.roles: security is missing',
    ],
    ['with limits that are none', { ...section, per_person: 1_000 }, 'break_glass.per_person'],
  ])('%s', (_why, given, says) => {
    expect(complaints(given).join('\n')).toContain(says);
  });
});
