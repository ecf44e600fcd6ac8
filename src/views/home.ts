import type { Button, HomeView, KnownBlock } from '@slack/types';
import type { Next, Report } from '../core/report.ts';
import type { RunState } from '../core/run.ts';
import { context, header, limits, section } from './blocks/blocks.ts';
import { buttonRows } from './blocks/buttons.ts';
import { fitting } from './blocks/fitting.ts';
import { rowBlocks } from './blocks/rows.ts';
import { type HomeIncidents, incidentBlocks } from './incidents/home-incidents.ts';
import { type Usable, usableBlocks } from './may-use.ts';
import { partBlocks } from './report.ts';
import { type StopSign, signText } from './runs/kill-switch.ts';
import { stateWords } from './runs/run-words.ts';
import { unconfirmedText } from './runs/unconfirmed.ts';
import { bold, code } from './text/code.ts';
import { moment } from './text/moment.ts';

/** What a person's Home tab shows. */
export interface Home {
  roles: readonly string[];
  /** Why roles are missing; null when they could be looked up. */
  unverified: string | null;
  /** How the services are; null when this person may not see it. */
  status: Report | null;
  /** Null while changes may be made. */
  stop?: StopSign | null;
  /** When Slack could not be reached lately, in milliseconds since 1970. */
  away?: { from: number; until: number } | null;
  /** The requests that wait for this person, and the other open runs; null when they cannot be read. */
  runs?: HomeRuns | null;
  /** The open incidents; null when they cannot be read. */
  incidents?: HomeIncidents | null;
  commands: readonly Usable[];
  next: readonly Next[];
}

/** The runs as a person's Home tab shows them. */
export interface HomeRuns {
  waiting: readonly RunLine[];
  open: readonly RunLine[];
  /** The runs with messages that may not have reached Slack, and how many messages those are. */
  unconfirmed?: { runs: readonly string[]; messages: number };
}

/** A run in one line, with a command that shows all of it. */
export interface RunLine {
  title: string;
  state: RunState;
  more: Next;
}

/** The Home tab: the state of the services first, then what one may do. `now` in milliseconds since 1970. */
export function homeView(
  { roles, unverified, status, stop, away, runs, incidents, commands, next }: Home,
  now: number,
): HomeView {
  const who =
    unverified === null
      ? `Your roles: ${roles.length === 0 ? 'none' : roles.map((role) => code(role)).join(' ')}`
      : `Your roles could not be looked up (${code(unverified)}); plain reading works`;
  const blocks = [
    header('Gatehouse'),
    context(`${who} · As of ${moment(now)}.`),
    ...(stop ? [section(signText(stop))] : []),
    ...(away ? [context(awayText(away))] : []),
    ...(incidents === undefined ? [] : incidentBlocks(incidents, now)),
    ...(runs === undefined ? [] : runBlocks(runs)),
    ...(status === null ? [] : partBlocks(status.parts, now)),
    ...usableBlocks(commands),
  ];
  return {
    type: 'home',
    blocks: fitting(blocks, buttonRows(next, 0, [refresh]), limits.viewBlocks),
  };
}

const awayText = ({ from, until }: NonNullable<Home['away']>): string =>
  `:electric_plug: Slack could not be reached from ${moment(from)} to ${moment(until)}. What had to be said meanwhile stands in the channels or on the timelines.`;

/** Numbered on from the buttons of the status. */
const firstRun = 900;
const mostRuns = 10;

/** What waits for this person stands first. */
function runBlocks(runs: NonNullable<Home['runs']> | null): KnownBlock[] {
  if (runs === null) return [section('The runs cannot be read now; what is below still works.')];
  const { waiting, open, unconfirmed } = runs;
  const lost = unconfirmed && unconfirmedText(unconfirmed.runs, unconfirmed.messages);
  return [
    ...(lost ? [section(lost)] : []),
    ...runRows('*Waiting for your decision*', waiting, firstRun),
    ...runRows('*Open runs*', open, firstRun + mostRuns),
  ];
}

const runRows = (title: string, lines: readonly RunLine[], first: number): KnownBlock[] =>
  lines.length === 0
    ? []
    : [
        section(
          lines.length > mostRuns ? `${title} (the newest ${mostRuns} of ${lines.length})` : title,
        ),
        ...rowBlocks(lines.slice(0, mostRuns).map(runRow), first),
      ];

const runRow = ({ title, state, more }: RunLine) => ({
  line: `${bold(title)} · ${stateWords[state]}`,
  more,
});

const refresh: Button = {
  type: 'button',
  action_id: 'home',
  style: 'primary',
  text: { type: 'plain_text', text: 'Check again', emoji: false },
};

/** The Home tab of somebody who gets nothing, with the reason. */
export const closedHome = (sentence: string): HomeView => ({
  type: 'home',
  blocks: [header('Gatehouse'), section(sentence)],
});
