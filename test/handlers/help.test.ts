import { expect, test } from 'vitest';
import type { Asking, Invocation } from '../../src/handlers/command.ts';
import { help } from '../../src/handlers/help/help.ts';
import { settingOf } from './grammar/some-commands.ts';

/** What somebody is shown who asks for help with these words, as text; or the kind of refusal. */
async function helpWith(...words: string[]): Promise<string> {
  let told = '';
  const asking = {
    setting: settingOf(),
    show: async (view: (page: unknown) => object, page: unknown) => {
      told = JSON.stringify(view(page));
    },
    refuse: async ({ kind }: { kind: string }) => {
      told = kind;
    },
  };
  const typed = { params: { words } } as unknown as Invocation;
  await help('gatehouse').perform(typed, asking as unknown as Asking);
  return told;
}

test.each([
  ['the word alone', ['drop']],
  ['the word in capitals', ['DROP']],
  ['the word and one that none of them has', ['drop', 'banana']],
])('of several commands that begin with one word it lists each: %s', async (_, words) => {
  const told = await helpWith(...words);
  expect(told).toContain('`drop cache`');
  expect(told).toContain('`drop table`');
  expect(told).not.toContain('`whoami`');
});

test('one of them by its whole name is explained in depth', async () => {
  const told = await helpWith('drop', 'cache');
  expect(told).toContain('/auth drop cache');
  expect(told).not.toContain('drop table');
});

test('a word that none begins with is no command', async () => {
  expect(await helpWith('banana')).toBe('unknown-verb');
});
