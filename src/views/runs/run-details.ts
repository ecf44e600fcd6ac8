import type { KnownBlock } from '@slack/types';
import type { AuditRecord } from '../../core/audit.ts';
import type { Unconfirmed } from '../../core/outbox.ts';
import type { Run } from '../../core/run.ts';
import { actorText } from '../audit-page.ts';
import { header, limits } from '../blocks/blocks.ts';
import { fitting } from '../blocks/fitting.ts';
import type { Message } from '../blocks/message.ts';
import { paragraphs } from '../blocks/rows.ts';
import { clip } from '../text/clip.ts';
import { line } from '../text/escape.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { bodyOf, liesAhead } from './run-card.ts';
import { isLong, planBlocks } from './run-plan.ts';
import { titleOf } from './run-words.ts';
import { unconfirmedLines } from './unconfirmed.ts';

/** A run and the records about it, newest first. */
export interface RunDetails {
  run: Run;
  /** Null when the audit cannot be read now. */
  trail: readonly AuditRecord[] | null;
  /** The messages about it that may not stand in Slack as they should. */
  unconfirmed?: readonly Unconfirmed[];
}

/** Everything about one run for one person: its card, its whole plan and what was written down about it. */
export const runDetails = ({ run, trail, unconfirmed = [] }: RunDetails): Message => ({
  text: clip(line(titleOf(run)), limits.text),
  blocks: [
    header(titleOf(run)),
    ...fitting(
      [
        ...paragraphs(unconfirmedLines(unconfirmed)),
        ...bodyOf(run),
        ...paragraphs(trailLines(trail)),
        ...wholePlan(run),
      ],
      [],
      49,
    ),
  ],
});

/** What of a plan the card leaves out; far more than any has now. */
const mostOfPlan = 100;

function wholePlan(run: Run): KnownBlock[] {
  const { plan, newPlan, verdict } = run;
  const cut =
    newPlan && isLong(newPlan) ? planBlocks(newPlan, { most: mostOfPlan, ahead: 'perhaps' }) : [];
  return plan !== null && (newPlan || verdict !== null || isLong(plan))
    ? [...cut, ...planBlocks(plan, { most: mostOfPlan, ahead: liesAhead(run) })]
    : cut;
}

/** The newest are shown; all of them are in the audit. */
const mostRecords = 15;

function trailLines(trail: RunDetails['trail']): string[] {
  if (trail === null) return ['What was written down about it cannot be read now; try again soon.'];
  if (trail.length === 0) return ['Nothing is written down about it yet.'];
  const lines = trail
    .slice(0, mostRecords)
    .toReversed()
    .map(({ at, event, actor }) => `${moment(at)}  ${prose(event, 60)}  ${actorText(actor)}`);
  return ['*Written down*', ...lines];
}
