import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { problemLine } from '../../src/config/problem.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

function load(accounts: string) {
  const path = join(folder.path, 'gatehouse.yml');
  writeFileSync(path, `version: 1\nslack: { team: T0GATE }\n${accounts}\nservices: {}\n`);
  return loadConfig({ env: {}, drivers: [], path });
}

test('an address means the same however it is spelt', () => {
  const loaded = load(
    'accounts: { people: { Jane@Example.com: "user:U0JANE" }, kept: { ROOT@example.com: break-glass }, domains: [Example.com] }',
  );
  expect(loaded.ok && loaded.value.accounts).toEqual({
    people: { 'jane@example.com': 'U0JANE' },
    second: {},
    kept: { 'root@example.com': 'break-glass' },
    domains: ['example.com'],
  });
});

test('a file that says nothing of accounts keeps none and knows nobody', () => {
  const loaded = load('');
  expect(loaded.ok && loaded.value.accounts).toEqual({ people: {}, second: {}, kept: {} });
});

test('a second account of somebody is known by the one that counts', () => {
  const loaded = load('accounts: { second: { "user:U0TEST": "user:U0JANE" } }');
  expect(loaded.ok && loaded.value.accounts.second).toEqual({ U0TEST: 'U0JANE' });
});

test('no role is given to a second account', () => {
  const second = 'accounts: { second: { "user:U0TEST": "user:U0JANE" } }';
  const loaded = load(`${second}\nroles: { manager: { members: ["user:U0JANE", "user:U0TEST"] } }`);
  expect(loaded.ok ? '' : loaded.error.map(problemLine).join('\n')).toMatch(
    /roles\.manager.*user:U0TEST is a second account of user:U0JANE/,
  );
});

test.each([
  ['second: { "user:U0A": "user:U0B", "user:U0B": "user:U0C" }', 'the account that counts'],
  ['second: { "user:U0A": "user:U0A" }', 'the account that counts'],
  ['people: { jane@example.com: U0JANE }', 'expected user:U…'],
  ['people: { jane: "user:U0JANE" }', 'expected the address of an account'],
  ['people: { jane@example.com: "group:S0ALL" }', 'expected user:U…'],
  ['domains: [example]', 'expected a domain'],
  ['kept: { root@example.com: "" }', 'expected at least 3 characters'],
])('%s is a mistake', (section, says) => {
  const loaded = load(`accounts: { ${section} }`);
  expect(loaded.ok ? '' : loaded.error.map(problemLine).join('\n')).toContain(says);
});
