import { isRisk, type Limit, type LimitReached, refused } from '../../core/limits.ts';
import type { Plan } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import { membersOf } from '../planning/everywhere-plan.ts';
import type { RunTools } from '../run-tools.ts';

type Tools = Pick<RunTools, 'limits' | 'tally'>;

/**
 * The first limit that a request meets; null when there is room. Asked for after the request is written
 * down as planned: of two at the same moment each sees the other, so that never one too many is let in,
 * though both may be turned away.
 */
export async function limitOf(tools: Tools, run: Run): Promise<LimitReached | TargetLimit | null> {
  return (await personLimit(tools, run)) ?? (await targetLimit(tools, run));
}

/**
 * Whether so much was refused to somebody lately that nothing more of theirs is looked at for a while, and
 * nothing more is written down one by one: each refusal is a run and records for good. Asked before a request
 * is written down; requests in the same instant may all still be let in.
 */
export async function refusedTooOften(
  { limits, tally }: Tools,
  by: Run['requestedBy'],
): Promise<LimitReached | null> {
  const limit = limits().perPerson[refused];
  return limit ? reachedAt('person', refused, limit, await tally.refused(by, limit)) : null;
}

async function personLimit({ limits, tally }: Tools, run: Run): Promise<LimitReached | null> {
  const { requestedBy: by, id: except } = run;
  for (const [what, limit] of Object.entries(limits().perPerson)) {
    const isMeant = isRisk(what) ? run.plan?.risk === what : run.action === what;
    if (!isMeant) continue;
    const of = isRisk(what) ? { risk: what } : { action: what };
    const reached = reachedAt('person', what, limit, await tally.asked({ by, of, except }, limit));
    if (reached) return reached;
  }
  return null;
}

/** A limit that is reached, and on which target. */
export type TargetLimit = LimitReached & { target: string };

/**
 * How often the action may begin on its target, or on each service that it is done to at once. At the claim
 * it is asked for again, under the locks of all of them. When several are full, the last to have room counts.
 */
export async function targetLimit(
  { limits, tally }: Tools,
  { action, target, plan, parent, id: except }: Run,
): Promise<TargetLimit | null> {
  const limit = limits().perTarget[action];
  if (!limit || parent !== null) return null; // what takes another back is held up by no limit
  const counts = servicesIn(target, plan).map(async (service) => {
    const one = { service, env: target.env };
    const roomAt = await tally.begun({ action, target: one, except }, limit);
    const reached = reachedAt('target', action, limit, roomAt);
    return reached && { ...reached, target: targetName(one) };
  });
  const full = (await Promise.all(counts)).filter((reached) => reached !== null);
  return full.toSorted((one, other) => other.roomAt - one.roomAt)[0] ?? null;
}

const servicesIn = ({ service }: Target, plan: Plan | null): string[] =>
  service === everyService && plan ? membersOf(plan) : [service];

const reachedAt = (
  per: LimitReached['per'],
  what: string,
  { most, within }: Limit,
  roomAt: number | null,
): LimitReached | null => (roomAt === null ? null : { per, what, most, within, roomAt });
