import type { Plan } from '../../core/plan.ts';
import type { Next } from '../../core/report.ts';
import { context, header, limits, section } from '../blocks/blocks.ts';
import { buttonRows } from '../blocks/buttons.ts';
import { fitting } from '../blocks/fitting.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { hoursText } from './outside-window.ts';
import { planCode } from './run-handle.ts';
import { planBlocks } from './run-plan.ts';

/** A plan that was only wanted to be seen, and the command that asks for it, as it is typed. */
export interface Planned {
  plan: Plan;
  typed: string;
  /** The hours in which alone it may be asked for and begin; none where it may at any time. */
  hours?: readonly string[];
}

/** What would be done, and that nothing was; with a button that opens the form to ask for it. */
export const plannedMessage = ({ plan, typed, hours = [] }: Planned): Message =>
  planMessage(plan, [{ label: 'Ask for it …', command: typed }], hours);

/** What would be done, and that nothing was. */
export function planMessage(
  plan: Plan,
  next: readonly Next[] = [],
  hours: readonly string[] = [],
): Message {
  const blocks = [
    section('This is only what would happen: nothing was done, and nobody was asked.'),
    ...planBlocks(plan),
    ...(hours.length > 0
      ? [section(`*Hours:* it may be asked for and begin only ${hoursText(hours)}.`)]
      : []),
  ];
  const last = [context(`Plan ${code(planCode(plan), 80)}`), ...buttonRows(next)];
  return {
    text: clip(`Only a plan: ${line(plan.summary)}`, limits.text),
    blocks: [header(plan.summary), ...fitting(blocks, last, 49)],
  };
}
