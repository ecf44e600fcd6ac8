import type { KnownBlock } from '@slack/types';
import { section } from './blocks/blocks.ts';
import { paragraphs } from './blocks/rows.ts';
import { code } from './text/code.ts';
import { line } from './text/escape.ts';

/** The names of the commands that somebody may use, under the heading that the help lists them under. */
export interface Usable {
  title: string;
  names: readonly string[];
}

/** With more than this only the first are named: the help has all of them. */
const mostNames = 20;
const firstNames = 4;

/** What somebody may use, a line for each group. */
export const usableBlocks = (groups: readonly Usable[]): KnownBlock[] =>
  groups.length === 0
    ? [section('You may use: nothing')]
    : paragraphs(['*You may use*', ...groups.map(groupLine)]);

function groupLine({ title, names }: Usable): string {
  const shown = names.length > mostNames ? names.slice(0, firstNames) : names;
  const left = names.length - shown.length;
  const more = left === 0 ? '' : ` and ${left} more, which ${code('/auth help')} lists`;
  return `${line(title)}: ${shown.map((name) => code(name)).join(' ')}${more}`;
}
