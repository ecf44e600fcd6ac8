import { noticeOf } from '../../core/incident-notice.ts';
import type { Absence } from '../../core/incidents.ts';
import type { LeftOutAt, Outbox } from '../../core/outbox.ts';
import type { IncidentLife } from '../incident-life.ts';

/** What is older is of the past: it stands on the timeline, and is not shown as if it were new, in milliseconds. */
export const ofThePast = 3_600_000;
/** A shorter time nobody has to be told of, in milliseconds. */
const worthTelling = 60_000;
/** By so much the clocks of a process and of the database may differ, in milliseconds. */
const skew = 60_000;

/** What it takes to say that Slack is there again. */
export interface SlackBackTools {
  outbox: Pick<Outbox, 'compact' | 'leftOut' | 'waiting'>;
  life: Pick<IncidentLife, 'find' | 'do'>;
}

/**
 * Slack is there again: leaves out what is of the past, and says in every incident that has something to say for
 * how long it was away and how much follows. What was left out meanwhile is counted as well, whichever process did
 * it; where another one has spoken already, what was left out since then is said too.
 */
export async function saySlackBack(
  { outbox, life }: SlackBackTools,
  absence: Absence,
): Promise<void> {
  await outbox.compact(ofThePast);
  const left = await outbox.leftOut(absence.from - skew);
  const follows = (await outbox.waiting()).flatMap(
    ({ subject }) => noticeOf(subject)?.incident ?? [],
  );
  const ids = left.map(({ incident }) => incident);
  for (const id of new Set(isLong(absence) ? [...ids, ...follows] : ids)) {
    const mine = { absence, left: left.filter(({ incident }) => incident === id) };
    const waiting = follows.filter((one) => one === id).length;
    // Where another process was faster it is said again what it has not said.
    for (let tried = 0; tried < most && !(await sayIn(life, id, mine, waiting)); tried += 1);
  }
}

const isLong = ({ from, until }: Absence): boolean => until - from >= worthTelling;

/** How often it is looked what another process has said, before that is left alone. */
const most = 3;

/** Whether there is nothing more to be said there. */
async function sayIn(
  life: SlackBackTools['life'],
  id: string,
  { absence, left }: { absence: Absence; left: readonly LeftOutAt[] },
  waiting: number,
): Promise<boolean> {
  const told = (await life.find(id))?.slackAway ?? null;
  const isTold = told !== null && told.until >= absence.from;
  const since = told?.leftOutUntil ?? 0;
  const mine = left.filter(({ at }) => at > since);
  if (mine.length === 0 && (isTold || !isLong(absence))) return true;
  const from = isTold ? told.until : absence.from;
  const leftOutUntil = Math.max(since, ...mine.map(({ at }) => at));
  const said = { absence: { ...absence, from }, waiting, leftOut: mine.length, leftOutUntil };
  return (await life.do(id, { kind: 'slack-back', ...said }, null)).ok;
}
