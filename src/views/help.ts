import type { KnownBlock, PlainTextElement, PlainTextOption, StaticSelect } from '@slack/types';
import type { Next } from '../core/report.ts';
import { limits as bounds, context, header, section } from './blocks/blocks.ts';
import { buttonRows } from './blocks/buttons.ts';
import { fitting } from './blocks/fitting.ts';
import type { Message } from './blocks/message.ts';
import { paragraphs } from './blocks/rows.ts';
import { clip } from './text/clip.ts';
import { bold, code } from './text/code.ts';
import { line } from './text/escape.ts';

/** What a person may do, by group. */
export interface HelpPage {
  /** How the app is called in a channel. */
  botName: string;
  /** The word that all of them begin with; left out where everything is listed. */
  about?: string;
  groups: readonly HelpGroup[];
}

interface HelpGroup {
  title: string;
  commands: readonly HelpEntry[];
}

/** One command in the list. */
export interface HelpEntry {
  name: string;
  summary: string;
  /** Where it may be used, when that is not everywhere. */
  where: string | null;
  /** By which rules of the grants, and through which role. */
  why: string;
}

/** The list of commands that a person may use: a line for each, and a menu in each group that explains one. */
export function helpMessage({ botName, about, groups }: HelpPage): Message {
  const [first] = groups.flatMap(({ commands }) => commands);
  const hint = context(
    `${code(`/auth help ${first?.name ?? 'help'}`, 80)} explains one of them. In a thread, mention ${bold(botName)} instead: ${code(`@${botName} status`)}. In its direct messages, ${code('status')} is enough. Filters: ${code('| grep TEXT')} ${code('| head N')} ${code('| tail N')} ${code('| count')}.`,
  );
  const text =
    about === undefined
      ? 'What you may do with Gatehouse'
      : clip(`/auth ${line(about)}`, labelLimit);
  const lines = groups.flatMap((group, index) => groupBlocks(group, index, about !== undefined));
  return { text, blocks: [header(text), ...fitting(lines, [hint], 49)] };
}

/** A group, with what is the same for all of it said once, and its menu beside the heading. */
function groupBlocks(
  { title, commands }: HelpGroup,
  index: number,
  isWhole: boolean,
): KnownBlock[] {
  const [same] = commands;
  const alike = commands.every(({ why, where }) => why === same?.why && where === same?.where);
  const head = `*${line(title)}*${alike && same ? ` ${limits(same)}` : ''}`;
  const lineOf = (entry: HelpEntry) =>
    `${code(entry.name)} ${line(entry.summary)}${alike ? '' : ` ${limits(entry)}`}`;
  const inFull = commands.length > mostLines && !isWhole ? commands.slice(0, firstLines) : commands;
  const others = commands.slice(inFull.length).map(({ name }) => code(name));
  const rest =
    others.length === 0 ? [] : [`And ${others.join(' · ')}. ${familyHint(commands)}`.trimEnd()];
  const options = optionsFor(commands);
  const heading = section(head);
  return [
    options.length === 0 ? heading : { ...heading, accessory: menu(options, index) },
    ...paragraphs([...inFull.map(lineOf), ...rest]),
  ];
}

/** How all of a longer group are read, where their names begin with the same word. */
function familyHint(commands: readonly HelpEntry[]): string {
  const firsts = new Set(commands.map(({ name }) => name.split(' ', 1)[0] ?? ''));
  const [first = ''] = firsts;
  return firsts.size === 1 ? `${code(`/auth help ${first}`, 80)} says what each does.` : '';
}

/** Of a longer group only the first commands are said in full: the menu explains each. */
const mostLines = 20;
const firstLines = 5;

/** Where only, and by which rule. */
const limits = ({ where, why }: HelpEntry): string =>
  `_${where === null ? '' : `only in ${line(where)}, `}${line(why)}_`;

/** Slack shows no more in one menu, and takes no longer value for a choice. */
const most = { options: 100, value: 150 };

const optionsFor = (commands: readonly HelpEntry[]): PlainTextOption[] =>
  commands
    .map(({ name }) => ({ text: plain(name), value: `help ${name}` }))
    .filter(({ value }) => value.length <= most.value)
    .slice(0, most.options);

/** Explains the command that is chosen, as typing its name after help does. */
const menu = (options: PlainTextOption[], index: number): StaticSelect => ({
  type: 'static_select',
  action_id: `ask:${100 + index}`,
  placeholder: plain('Explain …'),
  options,
});

const plain = (text: string): PlainTextElement => ({
  type: 'plain_text',
  text: clip(line(text) || '–', labelLimit),
  emoji: false,
});

/** Of a choice in a menu, in characters. */
const labelLimit = 75;

/** One thing that a command can be given. */
export interface Piece {
  name: string;
  about: string;
  required: boolean;
}

/** One command in depth. */
export interface CommandPage {
  name: string;
  summary: string;
  usage: string;
  /** What the words after the name are; null when there are none. */
  words: string | null;
  example: string;
  /** What is typed as words before or after the target; each can be given as a flag, too. */
  operands: readonly Piece[];
  flags: readonly Piece[];
  facts: readonly { name: string; value: string }[];
  next: readonly Next[];
}

/** Everything about one command, with buttons that use it. */
export function commandMessage(page: CommandPage): Message {
  const { name, summary, usage, words, example, operands, flags, facts, next } = page;
  const text = `/auth ${name}`;
  const lines = [
    ...operands.map((one) => pieceLine(one.name.toUpperCase(), one)),
    ...(words === null ? [] : [`${code('WORDS')} ${line(words)}`]),
    ...flags.map((one) => pieceLine(`--${one.name}`, one)),
  ];
  const blocks = [
    header(text),
    section(`${line(summary)}\n${code(`/auth ${usage}`)}\nSuch as ${code(`/auth ${example}`)}.`),
    ...paragraphs(lines),
    context(facts.map(({ name: fact, value }) => `${line(fact)}: ${code(value)}`).join('  ·  ')),
  ];
  return { text: clip(line(text), bounds.text), blocks: fitting(blocks, buttonRows(next)) };
}

const pieceLine = (typed: string, { about, required }: Piece): string =>
  `${code(typed)} ${line(about)}${required ? ' (required)' : ''}`;
