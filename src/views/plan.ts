import type { Plan } from '../core/plan.ts';
import { context, header, limits, section } from './blocks.ts';
import { clip } from './clip.ts';
import { code } from './code.ts';
import { line } from './escape.ts';
import { fitting } from './fitting.ts';
import type { Message } from './message.ts';
import { planCode } from './run-handle.ts';
import { planBlocks } from './run-plan.ts';

/** What would be done, and that nothing was. */
export function planMessage(plan: Plan): Message {
  const blocks = [
    section('This is only what would happen: nothing was done, and nobody was asked.'),
    ...planBlocks(plan),
  ];
  return {
    text: clip(`Only a plan: ${line(plan.summary)}`, limits.text),
    blocks: [
      header(plan.summary),
      ...fitting(blocks, [context(`Plan ${code(planCode(plan), 80)}`)], 49),
    ],
  };
}
