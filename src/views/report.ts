import type { KnownBlock } from '@slack/types';
import type { Part, Report } from '../core/report.ts';
import { header, limits } from './blocks/blocks.ts';
import { buttonRows } from './blocks/buttons.ts';
import { fitting } from './blocks/fitting.ts';
import type { Message } from './blocks/message.ts';
import { paragraphs, rowBlocks } from './blocks/rows.ts';
import { logBlocks, roomForLog } from './log.ts';
import { stateRow } from './states.ts';
import { clip } from './text/clip.ts';
import { bold } from './text/code.ts';
import { escapeText, line } from './text/escape.ts';
import { proseWithNames } from './text/prose.ts';

/** Any report as a message. `now` is in milliseconds since 1970: every figure shows its age. */
export function reportMessage(report: Report, now: number): Message {
  const blocks = [header(report.title), ...partBlocks(report.parts, now)];
  return {
    text: clip(line(report.title) || 'Report', limits.text),
    blocks: fitting(blocks, buttonRows(report.next.slice(0, mostNext))),
  };
}

/** More buttons than these help nobody. */
const mostNext = 10;

/** The parts of a report; the rows' buttons are numbered after those below the report. */
export function partBlocks(parts: readonly Part[], now: number): KnownBlock[] {
  const logs = parts.filter(({ kind }) => kind === 'log').length;
  return parts.flatMap((part, index) => {
    const rowsBefore = parts
      .slice(0, index)
      .flatMap((one) => (one.kind === 'states' ? one.rows : []));
    return blocksOf(part, now, mostNext + rowsBefore.length, logs);
  });
}

function blocksOf(part: Part, now: number, firstId: number, logs: number): KnownBlock[] {
  switch (part.kind) {
    case 'text':
      return textBlocks(part.text);
    case 'facts':
      return paragraphs(
        part.facts.map(({ name, value }) => `${bold(name)}: ${proseWithNames(value)}`),
      );
    case 'states':
      return rowBlocks(
        part.rows.map((row) => stateRow(row, now)),
        firstId,
      );
    case 'log':
      return logBlocks(part, roomForLog(logs));
  }
}

/** Plain text: formatting characters in it mean nothing. Paragraphs beyond the limit get sections of their own. */
function textBlocks(text: string): KnownBlock[] {
  const safe = escapeText(text).trim();
  if (safe === '') return [];
  return [
    {
      type: 'section',
      text: { type: 'plain_text', text: clip(safe, limits.section), emoji: false },
    },
  ];
}
