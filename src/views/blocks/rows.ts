import type { KnownBlock } from '@slack/types';
import type { Next } from '../../core/report.ts';
import { limits, section } from './blocks.ts';
import { typing } from './buttons.ts';

/** One line of already escaped markup, and a command that shows more of it. */
export interface Row {
  line: string;
  more?: Next | undefined;
}

/** With more rows than this, only lines fit: a block of its own for each would use the message up. */
const roomForButtons = 20;

/** One line for each row, with its button at the side as long as they are few. */
export function rowBlocks(rows: readonly Row[], firstId: number): KnownBlock[] {
  if (rows.length > roomForButtons || rows.every(({ more }) => more === undefined)) {
    return paragraphs(rows.map(({ line }) => line));
  }
  return rows.map(({ line, more }, index) => {
    const button = more && typing(more, firstId + index);
    return section(line, button ?? undefined);
  });
}

/** Lines joined into as few sections as hold them whole. */
export function paragraphs(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= limits.section) {
      texts[texts.length - 1] = `${last}\n${line}`;
    } else texts.push(line);
  }
  return texts.map((text) => section(text));
}
