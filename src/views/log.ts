import type { KnownBlock } from '@slack/types';
import type { Part } from '../core/report.ts';
import { context, section } from './blocks/blocks.ts';
import { codeBlock, logLine } from './text/code.ts';
import { countFitting } from './text/count-fitting.ts';
import { line } from './text/escape.ts';

/** The lines of a log or of a search in one. */
export type LogPart = Extract<Part, { kind: 'log' }>;

/** Lines shown from each end; the others are in the file. */
const linesAtEachEnd = 20;
const longestLine = 400;

/** Characters for each end of each log, when a message shows so many: they fit into a section and into the message. */
export const roomForLog = (logs: number): number => Math.min(2_600, Math.floor(4_000 / logs));

/** The first and the last lines of a log, and which those are. `room` is for each end, in characters. */
export function logBlocks(part: LogPart, room: number): KnownBlock[] {
  const { first, last } = endsOf(part, room);
  const caption = `${line(part.name)}: ${captionOf(part, first.length, last.length)}`;
  const shown = [first, last].filter((lines) => lines.length > 0);
  return [context(caption), ...shown.map((lines) => section(codeBlock(lines)))];
}

/** Whether something of what was read is not shown, so that it belongs into a file. */
export function isCut(part: LogPart, room: number): boolean {
  const { first, last } = endsOf(part, room);
  const shown = first.length + last.length;
  return shown < part.lines.length || part.lines.some((text) => text.length > longestLine);
}

/** Everything when it is short; the last lines never repeat one of the first. */
function endsOf({ lines }: LogPart, room: number): { first: string[]; last: string[] } {
  const isShort = lines.length <= 2 * linesAtEachEnd;
  const first = within(isShort ? lines : lines.slice(0, linesAtEachEnd), room);
  const rest = lines.slice(first.length).slice(-linesAtEachEnd).reverse();
  return { first, last: within(rest, room).reverse() };
}

/** As many lines from the start as there is room for. */
function within(lines: readonly string[], room: number): string[] {
  const safe = lines.map((text) => logLine(text, Math.min(longestLine, room - 1)));
  return safe.slice(
    0,
    countFitting(
      safe.map(({ length }) => length + 1),
      room,
    ),
  );
}

function captionOf({ total, complete, lines }: LogPart, first: number, last: number): string {
  const all = `${complete ? '' : 'at least '}${figure(total)} ${total === 1 ? 'line' : 'lines'}`;
  if (lines.length === 0) return total === 0 ? 'no lines' : `none of ${all}`;
  const whole = lines.length === total ? all : `${figure(lines.length)} of ${all}`;
  if (first + last === lines.length) return whole;
  return last === 0 ? `first ${first} of ${whole}` : `first ${first} + last ${last} of ${whole}`;
}

/** A count with commas at the thousands. */
export const figure = (count: number): string => count.toLocaleString('en-US');
