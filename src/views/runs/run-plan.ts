import type { KnownBlock } from '@slack/types';
import type { Verdict } from '../../core/action.ts';
import type { Plan } from '../../core/plan.ts';
import { paragraphs } from '../blocks/rows.ts';
import { bold } from '../text/code.ts';
import { prose } from '../text/prose.ts';
import { sentence } from '../text/sentence.ts';
import { onceForAll, placingIn } from './by-service.ts';
import { endsLine } from './run-ending.ts';
import { riskWords } from './run-words.ts';

/**
 * How a plan is told: how many lines of a kind at most, and whether it still lies ahead, or only could:
 * it was seen instead of the one that was approved.
 */
export interface PlanTelling {
  most?: number;
  ahead?: boolean | 'perhaps';
}

/** A plan's own words: what it would do, how risky it is, whether it can be undone and what is true now. */
export function planBlocks(plan: Plan, { most = usual, ahead = true }: PlanTelling = {}) {
  const [steps, facts] = titlesOf(ahead);
  return [
    ...listed(steps, cut(stepLines(plan), most)),
    ...paragraphs([...riskLines(plan), ...(ahead ? endsLine(plan) : [])]),
    ...factBlocks(facts, plan, most),
  ];
}

function titlesOf(ahead: NonNullable<PlanTelling['ahead']>): [steps: string, facts: string] {
  if (ahead === 'perhaps') return ['What would happen now', 'On what, as it is now'];
  return ahead
    ? ['What will happen', 'On what, as it is now']
    : ['What was planned', 'On what, as it was then'];
}

/** What was seen before; nothing when nothing was looked at. */
export function factBlocks(title: string, plan: Plan, most = usual): KnownBlock[] {
  const at = placingIn(plan);
  const placed = plan.facts.map(({ name, value }) => {
    const { services, rest } = at(name);
    return { services, line: namedLine(rest, value) };
  });
  return placed.length === 0 ? [] : listed(title, cut(onceForAll(placed, plan), most));
}

/** What was seen after what the plan says was done. */
export function verdictBlocks({ checks }: Verdict, plan: Plan): KnownBlock[] {
  const at = placingIn(plan);
  const placed = checks.map(({ name, ok, seen }) => {
    const { services, rest } = at(name);
    return { services, line: `${ok ? '✓' : '✗'} ${namedLine(rest, seen)}` };
  });
  return placed.length === 0 ? [] : listed('Seen after', cut(onceForAll(placed, plan)));
}

const riskLines = ({ risk, riskReasons, undo }: Plan): string[] => [
  [`*Risk:* ${riskWords[risk]}.`, ...riskReasons.slice(0, 5).map(said(200))].join(' '),
  `*Can it be undone?* ${undo.possible ? 'Yes' : 'No'}. ${said(300)(undo.how)}`,
];

/** What an action says, as a whole sentence. */
const said =
  (limit: number) =>
  (text: string): string =>
    prose(sentence(text), limit);

/** A plan without steps says so. */
const nothing = 'Nothing: it is so already.';

function stepLines(plan: Plan): string[] {
  const at = placingIn(plan);
  const placed = plan.steps.map(({ does }) => {
    const { services, rest } = at(does);
    return { services, line: prose(rest, 160) };
  });
  const lines = onceForAll(placed, plan).map((line, index) => `${index + 1}. ${line}`);
  return lines.length === 0 ? [nothing] : lines;
}

const namedLine = (name: string, value: string): string =>
  `${bold(name, 60)}: ${prose(value, 160)}`;

/** So many lines of a kind on a card, so that none crowds out another. */
const usual = 12;

/** Whether a card leaves out some of a plan. */
export const isLong = ({ steps, facts }: Plan): boolean =>
  Math.max(steps.length, facts.length) > usual;

/** The first lines, and how many more there are. */
export const cut = (lines: readonly string[], most = usual): string[] =>
  lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most - 1), `… and ${lines.length - most + 1} more`];

const listed = (title: string, lines: readonly string[]): KnownBlock[] =>
  paragraphs([`*${title}*`, ...lines]);
