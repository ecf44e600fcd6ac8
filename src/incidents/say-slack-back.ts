import { noticeOf } from '../core/incident-notice.ts';
import type { Absence } from '../core/incidents.ts';
import type { LeftOut, Outbox } from '../core/outbox.ts';
import type { IncidentLife } from './incident-life.ts';

/** What is older is of the past: it stands on the timeline, and is not shown as if it were new, in milliseconds. */
export const ofThePast = 3_600_000;
/** A shorter time nobody has to be told of, in milliseconds. */
const worthTelling = 60_000;

/** What it takes to say that Slack is there again. */
export interface SlackBackTools {
  outbox: Pick<Outbox, 'compact' | 'waiting'>;
  life: Pick<IncidentLife, 'do'>;
}

/**
 * Slack is there again: leaves out what is of the past, and says in every incident that has something to say for
 * how long it was away and how much follows. What was `leftOut` meanwhile is counted as well.
 */
export async function saySlackBack(
  { outbox, life }: SlackBackTools,
  absence: Absence,
  leftOut: readonly LeftOut[] = [],
): Promise<void> {
  if (absence.until - absence.from < worthTelling) return;
  const left = [...leftOut, ...(await outbox.compact(ofThePast))];
  const follows = (await outbox.waiting()).flatMap(
    ({ subject }) => noticeOf(subject)?.incident ?? [],
  );
  const ids = new Set([...left.map(({ incident }) => incident), ...follows]);
  for (const id of ids) {
    const count = left
      .filter((one) => one.incident === id)
      .reduce((sum, one) => sum + one.count, 0);
    const waiting = follows.filter((one) => one === id).length;
    await life.do(id, { kind: 'slack-back', absence, waiting, leftOut: count }, null);
  }
}
