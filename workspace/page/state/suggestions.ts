import type { Command } from '../../protocol.ts';
import { calledBy } from './names.ts';
import type { World } from './world.ts';

/** Something that could be meant by what is being typed. */
export interface Suggestion {
  /** What takes the place of the word being typed. */
  readonly insert: string;
  readonly title: string;
  readonly hint: string;
  readonly description: string;
}

/** The suggestions for the word that begins at `from`. */
export interface Suggestions {
  readonly from: number;
  readonly list: readonly Suggestion[];
}

const most = 8;

/** Commands after a `/` at the very start, members after an `@`. Nothing else is guessed. */
export function suggestionsFor(text: string, caret: number, world: World): Suggestions {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before))
    return { from: 0, list: world.commands.filter(startingWith(before)).map(ofCommand) };
  const [, word] = /(?:^|\s)@([\w.-]*)$/.exec(before) ?? [];
  if (word === undefined) return { from: caret, list: [] };
  const list = membersLike(word.toLowerCase(), world).slice(0, most);
  return { from: caret - word.length - 1, list };
}

const startingWith =
  (typed: string) =>
  ({ command }: Command): boolean =>
    command.startsWith(typed);

const ofCommand = ({ command, usageHint, description }: Command): Suggestion => ({
  insert: `${command} `,
  title: command,
  hint: usageHint,
  description,
});

/** The app comes first: it is whom one calls most. */
const membersLike = (word: string, { names }: World): Suggestion[] =>
  [...names.members.values()]
    .filter((member) => !member.deactivated && member.id !== 'USLACKBOT')
    .sort((a, b) => Number(b.bot) - Number(a.bot))
    .filter((member) => `${member.name} ${calledBy(member)}`.toLowerCase().includes(word))
    .map((member) => ({
      insert: `@${member.name} `,
      title: calledBy(member),
      hint: `@${member.name}`,
      description: '',
    }));

/** The command that is being typed with its arguments, so that its usage can be shown. */
export const commandBeingTyped = (text: string, { commands }: World): Command | null =>
  commands.find(({ command }) => text.startsWith(`${command} `)) ?? null;
