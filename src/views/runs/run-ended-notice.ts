import type { Run } from '../../core/run.ts';
import { context, limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { paragraphs } from '../blocks/rows.ts';
import { clip } from '../text/clip.ts';
import { bold, code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { endingLines } from './run-ending.ts';
import { titleOf } from './run-words.ts';

/** What whoever asked hears once, when what a run had put up for a while has ended everywhere. */
export function endedNotice(run: Run): Message {
  const { id } = run;
  return {
    text: clip(`${line(titleOf(run))}: it has ended, as it was approved`, limits.text),
    blocks: [
      section(`:alarm_clock: It has ended, as it was approved: ${bold(titleOf(run))}`),
      ...paragraphs(endingLines(run)),
      context(`Run ${code(id, 80)}  ·  ${code(`/auth run ${id}`, 100)} shows all of it`),
    ],
  };
}
