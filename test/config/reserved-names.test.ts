import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { problemLine } from '../../src/config/problem.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const complaints = (service: string, aliases: string): string[] => {
  const path = join(folder.path, 'gatehouse.yml');
  writeFileSync(
    path,
    `version: 1
slack: { team: T0GATE }
services:
  ${service}: { title: One, runbook: "000", aliases: ${aliases}, environments: { prod: {} } }
`,
  );
  const result = loadConfig({ env: {}, drivers: [], path });
  const all = result.ok ? [] : result.error.map(problemLine);
  return all.filter((line) => line.includes('every service'));
};

test('no service and no alias is called all: that is every service of an environment', () => {
  expect(complaints('rust-auth', '[rust]')).toEqual([]);
  expect(complaints('all', '[]').join()).toContain('services.all: all means every service');
  expect(complaints('rust-auth', '[rust, all]').join()).toContain(
    'services.rust-auth.aliases.1: all means every service, as in all@prod; expected another name',
  );
});
