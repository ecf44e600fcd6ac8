import { z } from 'zod';
import { envsOf } from '../core/catalogue.ts';
import type { Next } from '../core/report.ts';
import { targetName } from '../core/target.ts';
import { type CommandPage, commandMessage, type HelpPage, helpMessage } from '../views/help.ts';
import type { Asking, Command, Declared } from './command.ts';
import type { Setting } from './grammar/setting.ts';
import { shapeOf } from './grammar/shape.ts';
import { word } from './grammar/suggest.ts';
import { findVerb } from './grammar/verb.ts';
import { canPress, usable } from './usable.ts';

const params = z.object({
  words: z.array(z.string()).describe('A command to explain in depth; without one, all are listed'),
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
    const typed = { items: words.slice(0, 2).map(word), filters: [] };
    const found = findVerb(typed, asking.setting);
    if (!found.ok) return asking.refuse(found.error);
    await explain(found.value.command, asking);
  },
});

const listOf = (setting: Setting, botName: string): HelpPage => {
  const commands = usable(setting.registry, setting.rights);
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
          example: command.examples[0] ?? command.name,
          where: limitOf(command, setting),
        })),
    })),
  };
};

/** The environments in which the person may use the command; null when that is all there are. */
function limitOf(command: Command, { catalogue, rights }: Setting): string | null {
  if (command.aim === 'none') return null;
  const all = envsOf(catalogue);
  const usableIn = all.filter((env) => rights.may(command, env).ok);
  return usableIn.length === all.length ? null : usableIn.join(', ');
}

async function explain(command: Command, asking: Asking): Promise<void> {
  const never = asking.setting.rights.never(command);
  if (never) return asking.refuse(never);
  await asking.show(commandMessage, pageOf(command, asking.setting));
}

function pageOf(command: Command, setting: Setting): CommandPage {
  const { flags } = shapeOf(command.params);
  const fact = (name: string, value: string | null) => (value ? [{ name, value }] : []);
  return {
    name: command.name,
    summary: command.summary,
    usage: usageOf(command),
    flags: flags.map(({ name, about, required }) => ({ name, about, required })),
    facts: [
      ...fact('also', command.aliases.join(', ')),
      ...fact('risk', command.risk),
      ...fact('runbook', command.runbook),
      ...fact('only in', limitOf(command, setting)),
    ],
    next: buttonsOf(command, setting),
  };
}

/** How a command is typed: `logs SERVICE@ENV [--since VALUE]`. */
export function usageOf(command: Declared): string {
  const { flags, words } = shapeOf(command.params);
  const target = { none: [], optional: ['[SERVICE[@ENV]]'], one: ['SERVICE[@ENV]'] }[command.aim];
  const pieces = flags.map(({ name, kind, required }) => {
    const piece = kind === 'switch' ? `--${name}` : `--${name} VALUE`;
    return required ? piece : `[${piece}]`;
  });
  return [command.name, ...target, ...(words === 'none' ? [] : ['[WORDS]']), ...pieces].join(' ');
}

/** The examples that work here, and the command on what the person may use it on. */
function buttonsOf(command: Command, setting: Setting): Next[] {
  const aimed = command.aim === 'none' ? [] : setting.rights.reach(command);
  const texts = [
    ...command.examples,
    ...aimed.map((target) => `${command.name} ${targetName(target)}`),
  ];
  return [...new Set(texts)]
    .map((text) => ({ label: text, command: text }))
    .filter((next) => canPress(next, setting) && isAboutUsable(next, setting))
    .slice(0, 10);
}

/** Not the help of a command that the person may not use. */
function isAboutUsable({ command }: Next, { registry, rights }: Setting): boolean {
  const [verb, ...about] = command.split(' ');
  const found = verb === 'help' ? registry.find(about) : null;
  return found === null || rights.never(found.command) === null;
}
