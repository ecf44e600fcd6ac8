import { type Evidence, type Incident, isOpen } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { missingDeadlines } from '../deadlines.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { movedTo } from '../deeds/move.ts';
import { inRoom, toPeople } from '../places.ts';
import { isEarlier, isEnd } from '../run-moments.ts';
import { wantedAnew } from '../wanted-evidence.ts';
import { isRed, isRedAgain, reds } from '../watching/watched.ts';

type Of<Kind extends IncidentEvent['kind']> = Extract<IncidentEvent, { kind: Kind }>;

const nothing = (why: string) => refused({ kind: 'not-now', why });

const leaderOf = ({ roles, acknowledged }: Incident): string[] =>
  [roles.commander?.by, acknowledged?.by].filter((one) => one !== undefined);

/** What the checks said: red again while it is watched puts it back to mitigating, loudly. */
export const sampled: Decide<Of<'sampled'>> = (incident, { recent }, { now }) => {
  const { watch, state } = incident;
  if (state !== 'monitoring' || !watch) return nothing('Nothing is watched.');
  if (!isRedAgain(recent, watch.from)) return nothing('The checks are not red.');
  const after = movedTo(incident, 'mitigating', now);
  const red = recent.filter((one) => one.at >= watch.from && isRed(one)).length;
  const facts = { to: 'mitigating', red, among: reds.among, watchedSince: watch.from };
  return decided(after, 'red-again', facts, [
    ...inRoom(after, 0),
    ...toPeople(leaderOf(incident), 0),
  ]);
};

/** What changes a release needs a longer watch afterwards. */
const releases: readonly unknown[] = ['rollback', 'deploy', 'release', 'promote'];

/** A run in it has begun or ended: a sign of life, and a line of the timeline. */
export const run: Decide<Of<'run'>> = (incident, { run: id, event, by, facts }, { now }) => {
  const heard = incident.runs[id];
  if (heard === event || (heard !== undefined && isEarlier(event, heard))) {
    return refused({ kind: 'already', what: 'heard', by: null, at: null });
  }
  const action = isObject(facts) ? facts.action : undefined;
  const keeps = action === evidenceAction && event === 'succeeded' && isAbout(incident, facts);
  const evidence = keeps ? keptBy(incident, id) : withoutLost(incident, id, facts, now);
  const after = {
    ...incident,
    runs: { ...incident.runs, [id]: event },
    ...(evidence && { evidence }),
    released: releases.includes(action) && event !== 'waiting' ? now : incident.released,
    lastActivity: now,
  };
  // What it came to belongs into the channel; that it goes on stands on the card.
  const told = isEnd(event) && isOpen(after.state) ? inRoom(after, 1) : [];
  const anew = evidence?.state === 'wanted' && incident.evidence?.state === 'asked';
  const said = { run: id, what: event, by, runFacts: facts, ...(anew && { anew }) };
  return decided(after, 'run', said, told);
};

const keptBy = ({ evidence }: Incident, kept: string) => evidence && { ...evidence, kept };

/** What is wanted once a run has ended before anything was done: what was asked for is asked for anew. */
function withoutLost(
  { evidence, state, security }: Incident,
  run: string,
  facts: unknown,
  now: number,
): Evidence | undefined {
  const isLost = isObject(facts) && facts.action === evidenceAction && facts.untouched === true;
  if (!evidence || !isLost || !isOpen(state) || !security) return undefined;
  if (evidence.run !== run) return { ...evidence, lost: run };
  return wantedAnew(evidence, run, typeof facts.why === 'string' ? facts.why : run, now);
}

/** The action that keeps evidence. */
const evidenceAction = 'evidence snapshot';

/** Whether what was done was done to what the incident is about. */
const isAbout = ({ target }: Incident, facts: unknown): boolean =>
  isObject(facts) && facts.service === target?.service && facts.env === target?.env;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Slack could not be reached for a while: said once, before everything that follows. */
export const slackBack: Decide<Of<'slack-back'>> = (
  incident,
  { absence, waiting, leftOut = 0, leftOutUntil = 0 },
) => {
  if (!isOpen(incident.state)) return nothing('It is over.');
  const { slackAway } = incident;
  const isCounted = leftOut > 0 && leftOutUntil <= (slackAway?.leftOutUntil ?? 0);
  if (slackAway && (slackAway.until > absence.from || isCounted)) {
    return nothing('That was said already.');
  }
  const { from, until } = absence;
  const counted = Math.max(leftOutUntil, slackAway?.leftOutUntil ?? 0);
  const after = { ...incident, slackAway: { from, until, leftOutUntil: counted } };
  return decided(after, 'slack-back', { from, until, waiting, leftOut }, inRoom(incident, 0));
};

/**
 * The auditor found deadlines missing, or that the store would not look for those that there are: every change puts
 * back both.
 */
export const repaired: Decide<Of<'repaired'>> = (incident, { asleep }) => {
  const missing = missingDeadlines(incident);
  if (missing.length === 0 && !asleep) return nothing('No deadline is missing.');
  const lost = missing.length === 0 ? incident.deadlines : missing;
  return decided(incident, 'repaired', { deadlines: lost.map((one) => ({ ...one })) }, []);
};
