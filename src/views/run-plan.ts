import type { KnownBlock } from '@slack/types';
import type { Verdict } from '../core/action.ts';
import type { Plan } from '../core/plan.ts';
import { bold, prose } from './code.ts';
import { paragraphs } from './rows.ts';
import { endsLine } from './run-ending.ts';
import { riskWords } from './run-words.ts';

/** How a plan is told: how many lines of a kind at most, and whether it still lies ahead. */
export interface PlanTelling {
  most?: number;
  ahead?: boolean;
}

/** A plan's own words: what it would do, what is true now, how risky it is and whether it can be undone. */
export function planBlocks(plan: Plan, { most = usual, ahead = true }: PlanTelling = {}) {
  const [steps, facts] = ahead
    ? ['What will happen', 'On what, as it is now']
    : ['What was planned', 'On what, as it was then'];
  return [
    ...listed(steps, cut(stepLines(plan), most)),
    ...factBlocks(facts, plan, most),
    ...paragraphs([...riskLines(plan), ...(ahead ? endsLine(plan) : [])]),
  ];
}

/** What was seen before; nothing when nothing was looked at. */
export const factBlocks = (
  title: string,
  { facts }: Pick<Plan, 'facts'>,
  most = usual,
): KnownBlock[] =>
  facts.length === 0
    ? []
    : listed(
        title,
        cut(
          facts.map(({ name, value }) => namedLine(name, value)),
          most,
        ),
      );

/** What was seen after. */
export const verdictBlocks = ({ checks }: Verdict): KnownBlock[] =>
  checks.length === 0
    ? []
    : listed(
        'Seen after',
        cut(checks.map(({ name, ok, seen }) => `${ok ? '✓' : '✗'} ${namedLine(name, seen)}`)),
      );

const riskLines = ({ risk, riskReasons, undo }: Plan): string[] => [
  `*Risk:* ${riskWords[risk]}${
    riskReasons.length === 0
      ? ''
      : ` – ${riskReasons
          .slice(0, 5)
          .map((why) => prose(why, 150))
          .join('; ')}`
  }`,
  `*Can it be undone?* ${undo.possible ? 'Yes' : 'No'}: ${prose(undo.how, 300)}`,
];

/** A plan without steps says so. */
const nothing = 'Nothing: it is so already.';

const stepLines = ({ steps }: Plan): string[] =>
  steps.length === 0
    ? [nothing]
    : steps.map(({ does }, index) => `${index + 1}. ${prose(does, 160)}`);

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
