import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** Every program of the project that is not a test. */
const sources = ['src', 'bin', 'demo', 'workspace'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs)$/.test(name))
    .map((name) => `${root}/${name}`)
    .map((path) => ({ path, source: readFileSync(path, 'utf8') })),
);
const starters = sources.filter(({ source }) => source.includes('child_process'));

/** What makes Node hand a text to a shell, or hides from this test what is used. */
const shells: readonly [string, RegExp][] = [
  [
    'imports a function that takes a command line',
    /\{[^}]*\bexec(?:Sync)?\b[^}]*\} from 'node:child/,
  ],
  [
    'imports all of it',
    /import (?:\* as )?\w+ from 'node:child|(?:import|require)\(['"][^'"]*child_/,
  ],
  ['asks for a shell', /\bshell\s*:/],
  ['starts a shell by its name', /['"`](?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh['"`]/],
];
const whyNot = (source: string) =>
  shells.filter(([, sign]) => sign.test(source)).map(([why]) => why);

describe('a command is a program and its arguments, and never a text for a shell', () => {
  test('there is enough to check', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(starters.length).toBeGreaterThan(3);
  });

  test('in Gatehouse only drivers start programs', () => {
    const inside = starters.map(({ path }) => path).filter((path) => path.startsWith('src/'));
    expect(inside.filter((path) => !path.startsWith('src/targets/'))).toEqual([]);
  });

  test.each(starters)('$path', ({ source }) => {
    expect(whyNot(source)).toEqual([]);
  });

  test.each([
    "import { exec } from 'node:child_process';",
    "import { execSync, spawn } from 'node:child_process';",
    "import * as programs from 'node:child_process';",
    "const { exec } = await import('node:child_process');",
    "import { spawn } from 'node:child_process';\nspawn(text, { shell: true });",
    "import { spawn } from 'node:child_process';\nspawn('/bin/sh', ['-c', text]);",
  ])('and this would be seen: %s', (source) => {
    expect(whyNot(source)).toHaveLength(1);
  });
});
