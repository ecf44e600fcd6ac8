import { z } from 'zod';
import type { Refusal } from '../../core/refusal.ts';
import { commandMessage, type HelpPage, helpMessage } from '../../views/help.ts';
import type { Asking, Command } from '../command.ts';
import type { Setting } from '../grammar/setting.ts';
import { word } from '../grammar/suggest.ts';
import { findVerb } from '../grammar/verb.ts';
import { usable } from '../usable.ts';
import { limitOf, pageOf, rulesFor } from './command-page.ts';

const params = z.object({
  words: z
    .array(z.string())
    .describe(
      'A command to explain in depth, or the word that several begin with; without one, all are listed',
    ),
});

/** The commands that a person may use, or one of them in depth. */
export const help = (botName: string): Command => ({
  name: 'help',
  summary: 'Lists what you may use, or explains one command.',
  examples: ['help', 'help status'],
  aliases: ['commands', '?'],
  risk: 'read',
  aim: 'none',
  runbook: '–',
  group: 'About Gatehouse',
  changes: false,
  params,
  async perform(invocation, asking) {
    const { words } = params.parse(invocation.params);
    if (words.length === 0) return asking.show(helpMessage, listOf(asking.setting, botName));
    const family = familyOf(words, asking.setting);
    if (family.length > 1) {
      const page = {
        ...listOf(asking.setting, botName, family),
        about: words[0]?.toLowerCase() ?? '',
      };
      return asking.show(helpMessage, page);
    }
    const typed = { items: words.slice(0, 2).map(word), filters: [] };
    const found = findVerb(typed, asking.setting);
    if (!found.ok) return asking.refuse(aboutHelp(found.error));
    await explain(found.value.command, asking);
  },
});

/** The suggestions for a name that is none, as buttons that ask for help again. */
function aboutHelp(refusal: Refusal): Refusal {
  if (refusal.kind !== 'unknown-verb') return refusal;
  const { words } = refusal.near;
  const next = words.map((name) => ({ label: `help ${name}`, command: `help ${name}` }));
  return { ...refusal, near: { words, next } };
}

/** The commands that begin with a word, where it was typed without saying which of them: `help incident`. */
function familyOf(words: readonly string[], { registry, rights }: Setting): Command[] {
  const [first = '', second] = words.map((one) => one.toLowerCase());
  const family = usable(registry, rights).filter(({ name }) => name.startsWith(`${first} `));
  const isOne = second !== undefined && registry.find([first, second])?.used === 2;
  return isOne ? [] : family;
}

const listOf = (
  setting: Setting,
  botName: string,
  commands: readonly Command[] = usable(setting.registry, setting.rights),
): HelpPage => {
  const titles = [...new Set(commands.map(({ group }) => group))];
  return {
    botName,
    groups: titles.map((title) => ({
      title,
      commands: commands
        .filter(({ group }) => group === title)
        .map((command) => ({
          name: command.name,
          summary: command.summary,
          where: limitOf(command, setting),
          why: rulesFor(command, setting),
        })),
    })),
  };
};

async function explain(command: Command, asking: Asking): Promise<void> {
  const never = asking.setting.rights.never(command);
  if (never) return asking.refuse(never);
  await asking.show(commandMessage, pageOf(command, asking.setting));
}
