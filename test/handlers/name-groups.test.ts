import { expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { nameGroups } from '../../src/handlers/name-groups.ts';

const report = (value: string): Report => ({
  title: 'Services',
  parts: [
    { kind: 'facts', facts: [{ name: 'rms-auth', value }] },
    { kind: 'text', text: value },
    { kind: 'log', name: 'a log', lines: [value], total: 1, complete: true },
  ],
  next: [],
});
const standing = () => Promise.reject(new Error('not asked'));
const names = new Map([['S1ONCALL', '@oncall']]);

test('a group is called what people call it, in all but the lines of a log', async () => {
  const found = await nameGroups(report('owned by group:S1ONCALL, group:S2GONE'), {
    standing,
    groupNames: async () => names,
  });
  const named = 'owned by @oncall, group:S2GONE';
  expect(found.parts).toMatchObject([
    { facts: [{ value: named }] },
    { text: named },
    { lines: ['owned by group:S1ONCALL, group:S2GONE'] },
  ]);
});

test('Slack is not asked where there is none, and nothing is lost where it cannot be', async () => {
  const groupNames = () => Promise.reject(new Error('asked'));
  expect(await nameGroups(report('nobody'), { standing, groupNames })).toEqual(report('nobody'));
  expect(await nameGroups(report('group:S1ONCALL'), { standing })).toEqual(
    report('group:S1ONCALL'),
  );
});
