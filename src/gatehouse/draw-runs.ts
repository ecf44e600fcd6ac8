import type { Drawn } from '../bot/outbox/attempt-options.ts';
import { roomIn } from '../bot/outbox/outbox-places.ts';
import type { Config } from '../config/config.ts';
import { anchorNumber } from '../core/anchor.ts';
import { lateNewsIn } from '../core/late-timers.ts';
import type { OutboxRow } from '../core/outbox.ts';
import type { Run } from '../core/run.ts';
import { missingEvidence } from '../handlers/incidents/missing-evidence.ts';
import { withoutWords } from '../handlers/incidents/withhold-run.ts';
import { lateReview } from '../handlers/runs/late-review.ts';
import { lostClaim } from '../handlers/runs/lost-claim.ts';
import { readStop } from '../handlers/runs/read-stop.ts';
import { wasLastTry } from '../runs/ending/end-places.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { lateTimersMessage } from '../views/incidents/late-timers.ts';
import type { Unkept } from '../views/incidents/unkept-evidence.ts';
import { anchorMessage } from '../views/runs/anchor.ts';
import { lostClaimMessage } from '../views/runs/claim.ts';
import { lateReviewMessage } from '../views/runs/late-review.ts';
import { liesAhead, runCard } from '../views/runs/run-card.ts';
import { endNotice } from '../views/runs/run-end-notice.ts';
import { endedNotice } from '../views/runs/run-ended-notice.ts';

/** What it takes to draw what the outbox holds about runs and everything but incidents. */
export interface DrawingRuns {
  store: StoreDoor;
  config: Pick<Config, 'approvals'>;
}

/** What a message of the outbox says now. */
export const drawRuns =
  ({ store, config }: DrawingRuns) =>
  async (row: OutboxRow): Promise<Drawn | null> => {
    const { kind, subject } = row;
    if (kind === 'anchor') {
      const anchor = await store.anchors.find(anchorNumber(subject) ?? 0);
      return anchor && { message: anchorMessage(anchor), version: 1 };
    }
    if (kind === 'claim') {
      const lost = await lostClaim(store, subject);
      return lost && { message: lostClaimMessage(lost), version: 1 };
    }
    if (kind === 'review') {
      const late = await lateReview(store, config.approvals.breakGlass, subject);
      return late && { message: lateReviewMessage(late), version: 1 };
    }
    if (kind === 'late') return drawLate(store, subject);
    return drawRun(store, row);
  };

/** That timers of incidents are late, or are not any more. */
async function drawLate(
  { lateTimers }: Pick<StoreDoor, 'lateTimers'>,
  subject: string,
): Promise<Drawn | null> {
  const told = lateNewsIn(subject);
  const late = told && (await lateTimers.find(told.number));
  return late && { message: lateTimersMessage(late, told.news), version: 1 };
}

/** The card of a run, or the notice of its end. */
async function drawRun(store: StoreDoor, { kind, subject, to }: OutboxRow): Promise<Drawn | null> {
  const found = await store.runs.find(subject);
  if (!found) return null;
  const run = (await isRestricted(store, found, to)) ? withoutWords(found) : found;
  if (kind === 'end') {
    return { message: endNotice(run, await wasLastTry(store.runs, run)), version: run.version };
  }
  if (kind === 'ended') return { message: endedNotice(run), version: run.version };
  const told = kind === 'escalation';
  const audience = to === requesterOf(run) ? 'requester' : 'deciders';
  const stop = run.state === 'approved' ? await readStop(store) : null;
  const unkept = await unkeptBefore(store, run);
  return { message: runCard(run, { audience, stop, told, unkept }), version: run.version };
}

/** The incident whose evidence the run may destroy, and when that was looked at. */
async function unkeptBefore({ incidents }: StoreDoor, run: Run): Promise<Unkept | null> {
  if (!liesAhead(run)) return null;
  let at = 0;
  const find = async (id: string) => {
    const found = await incidents.find(id);
    at = found?.now ?? 0;
    return found?.incident ?? null;
  };
  const incident = await missingEvidence(run, { find });
  return incident && { incident: incident.id, at };
}

/**
 * Whether the run is part of an incident about security, and the place a channel in which others read it. Who decides
 * reads all of it in their direct messages. While nobody knows of the incident, it is taken for one.
 */
async function isRestricted({ incidents }: StoreDoor, run: Run, to: string): Promise<boolean> {
  const { incident } = run;
  if (incident === undefined || to.startsWith('user:') || roomIn(to) === incident) return false;
  const found = await incidents.find(incident).catch(() => null);
  return found === null || (found.incident.security && found.incident.channel?.id !== to);
}

const requesterOf = ({ requestedBy }: Run): string => `user:${requestedBy.id}`;
