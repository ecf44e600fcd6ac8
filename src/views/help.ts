import type { Next } from '../core/report.ts';
import { context, header, limits, section } from './blocks.ts';
import { buttonRows } from './buttons.ts';
import { clip } from './clip.ts';
import { bold, code } from './code.ts';
import { line } from './escape.ts';
import { fitting } from './fitting.ts';
import type { Message } from './message.ts';
import { paragraphs, type Row, rowBlocks } from './rows.ts';

/** What a person may do, by group. */
export interface HelpPage {
  /** How the app is called in a channel. */
  botName: string;
  groups: readonly { title: string; commands: readonly HelpEntry[] }[];
}

/** One command in the list. */
export interface HelpEntry {
  name: string;
  summary: string;
  example: string;
  /** Where it may be used, when that is not everywhere. */
  where: string | null;
  /** By which rules of the grants, and through which role. */
  why: string;
}

/** The list of commands that a person may use. */
export function helpMessage({ botName, groups }: HelpPage): Message {
  let id = 100;
  const blocks = groups.flatMap(({ title, commands }) => {
    const from = id;
    id += commands.length;
    return [section(`*${line(title)}*`), ...rowBlocks(commands.map(entryRow), from)];
  });
  const hint = context(
    `In a thread, mention ${bold(botName)} instead: ${code(`@${botName} status`)}. In its direct messages, ${code('status')} is enough. Filters: ${code('| grep TEXT')} ${code('| head N')} ${code('| tail N')} ${code('| count')}.`,
  );
  const text = 'What you may do with Gatehouse';
  return { text, blocks: [header(text), ...fitting(blocks, [hint], 49)] };
}

const entryRow = ({ name, summary, example, where, why }: HelpEntry): Row => ({
  line: `${code(name)} ${line(summary)} Such as ${code(`/auth ${example}`)}.${where === null ? '' : ` Only in ${line(where)}.`} _${line(why)}_`,
  more: { label: `Help ${name}`, command: `help ${name}` },
});

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
  return { text: clip(line(text), limits.text), blocks: fitting(blocks, buttonRows(next)) };
}

const pieceLine = (typed: string, { about, required }: Piece): string =>
  `${code(typed)} ${line(about)}${required ? ' (required)' : ''}`;
