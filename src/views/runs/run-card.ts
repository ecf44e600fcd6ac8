import type { KnownBlock } from '@slack/types';
import { isOver, type Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { context, header, limits, section } from '../blocks/blocks.ts';
import { fitting } from '../blocks/fitting.ts';
import type { Message } from '../blocks/message.ts';
import { paragraphs } from '../blocks/rows.ts';
import { type Unkept, unkeptText } from '../incidents/unkept-evidence.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { type StopSign, signText } from './kill-switch.ts';
import { type Audience, runButtons } from './run-buttons.ts';
import { endSentence } from './run-end.ts';
import { endingLines, parentLine } from './run-ending.ts';
import { toldLines } from './run-escalation.ts';
import { planCode } from './run-handle.ts';
import { factBlocks, planBlocks, verdictBlocks } from './run-plan.ts';
import { progressLines } from './run-progress.ts';
import { voteLines } from './run-votes.ts';
import { stateWords, titleOf } from './run-words.ts';

/** Whom a card is for: those who decide unless said. */
export interface CardOptions {
  audience?: Audience;
  /** Why it does not begin although it is approved; null while changes may be made. */
  stop?: StopSign | null;
  /** Whether it is for somebody who hears of it because nobody has decided. */
  told?: boolean;
  /** The incident whose evidence it may destroy, because at that moment none was kept; null while there is none. */
  unkept?: Unkept | null;
}

/** The one message of a run, in any state: posted once and then edited. What matters most stands first. */
export function runCard(
  run: Run,
  { audience = 'deciders', stop = null, told = false, unkept = null }: CardOptions = {},
): Message {
  const title = titleOf(run);
  return {
    text: clip(`${line(title)}: ${stateWords[run.state].replace(/^:\w+: /, '')}`, limits.text),
    blocks: [
      header(title),
      ...fitting(
        [...first(run, { stop, told, unkept }), ...bodyOf(run)],
        runButtons(run, audience),
        49,
      ),
    ],
  };
}

const first = (
  run: Run,
  { stop, told, unkept }: Required<Omit<CardOptions, 'audience'>>,
): KnownBlock[] => [
  ...stopBlocks(run, stop),
  ...(unkept !== null ? [section(unkeptText(unkept, targetName(run.target)))] : []),
  ...(told ? paragraphs(toldLines(run)) : []),
];

/** What holds an approved run. */
const stopBlocks = ({ state }: Run, stop: StopSign | null): KnownBlock[] =>
  stop !== null && state === 'approved' ? [section(signText(stop))] : [];

/** Everything of a card between its title and its buttons. */
export function bodyOf(run: Run): KnownBlock[] {
  return [
    section([`*${stateWords[run.state]}*`, ...sentences(run)].join('\n')),
    ...paragraphs(progressLines(run)),
    ...paragraphs(endingLines(run)),
    ...paragraphs(askedLines(run)),
    ...paragraphs(voteLines(run)),
    ...aboutPlan(run),
    context(smallPrint(run)),
  ];
}

const sentences = (run: Run): string[] => {
  const sentence = endSentence(run);
  return sentence === null ? [] : [sentence];
};

/** What is planned, or what would be instead; once it was proved or disproved, what was seen before and after. */
function aboutPlan(run: Run): KnownBlock[] {
  const { plan, verdict, newPlan } = run;
  if (newPlan) return planBlocks(newPlan, { ahead: 'perhaps' });
  if (plan === null) return [];
  return verdict === null
    ? planBlocks(plan, { ahead: liesAhead(run) })
    : [...factBlocks('Seen before', plan), ...verdictBlocks(verdict, plan)];
}

/** Whether its plan can still come true: nothing of it was begun, and it is not over. */
export const liesAhead = ({ state, steps }: Run): boolean => !isOver(state) && steps.length === 0;

const askedLines = (run: Run): string[] => {
  const { requestedBy, reason, target, action, createdAt, parent, incident } = run;
  if (parent !== null) return [parentLine(run, parent)];
  return [
    `${mention(requestedBy.id)} asked ${moment(createdAt)} for ${code(action, 60)} on ${code(targetName(target), 130)}`,
    ...(incident === undefined ? [] : [`*Incident:* ${code(incident, 40)}`]),
    `*Why:* ${reason.trim() === '' ? 'no reason was given' : prose(reason, 500)}`,
  ];
};

const smallPrint = ({ id, plan, newPlan }: Run): string =>
  [
    `Run ${code(id, 80)}`,
    ...(plan === null ? [] : [`${newPlan ? 'Approved plan' : 'Plan'} ${code(planCode(plan), 80)}`]),
    ...(newPlan ? [`New plan ${code(planCode(newPlan), 80)}`] : []),
  ].join('  ·  ');
