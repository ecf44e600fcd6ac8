import type { Vote } from '../../core/approval.ts';
import { messageOf } from '../../core/errors.ts';
import type { Role, Standing } from '../../core/person.ts';
import type { Run } from '../../core/run.ts';
import {
  approverRoles,
  countedVotes,
  isApproved,
  type Question,
} from '../../permissions/approval.ts';
import { rolesOfRules } from '../../permissions/needed-approval.ts';
import { clickAge, questionFor } from '../asking/people.ts';
import { lacksIncident } from '../asking/run-incident.ts';
import type { RunTools } from '../run-tools.ts';
import { whyNotCovered } from './recheck-parent.ts';
import { stillProven } from './still-proven.ts';

/** Whether a run may begin: yes, not for the moment, or never; `soon` when nobody but the database was asked. */
export type Rechecked =
  | { kind: 'yes'; roles: Record<string, readonly string[]> }
  | { kind: 'not-now'; why: string; soon?: true }
  | { kind: 'never'; why: string };

/** Why nothing may be begun at the moment; null while changes may be made. What cannot be read is a no. */
export const whatStops = ({ stopped }: Pick<RunTools, 'stopped'>): Promise<string | null> =>
  stopped().catch(messageOf);

/** Asks anew, with no copies, whether everybody who counts still is who they were when they clicked. */
export async function recheck(tools: RunTools, run: Run): Promise<Rechecked> {
  const held = await whatStops(tools);
  if (held !== null) return { kind: 'not-now', why: held, soon: true };
  if (run.parent !== null) {
    const why = await whyNotCovered(tools, run);
    return why === null ? { kind: 'yes', roles: {} } : { kind: 'never', why };
  }
  const without = await lacksIncident(tools, run);
  if (without) return without;
  const question = questionFor(tools, run);
  if (!question) return { kind: 'never', why: 'It has no plan.' };
  const requester = await standingOf(
    tools,
    run,
    question.requester,
    rolesOfRules(tools.approvals()),
  );
  if (requester.kind === 'unverified') return { kind: 'not-now', why: requester.why };
  if (requester.kind === 'refused') return { kind: 'never', why: gone };
  const no = await mayNotAsk(tools, run);
  if (no) return no;
  const proven = await stillProven(tools, run, question.approval).catch(messageOf);
  if (typeof proven === 'string') return { kind: 'not-now', why: proven, soon: true };
  const wanted = run.approval ? approverRoles(run.approval) : [];
  const votes = await Promise.all(
    countedVotes(question, proven).map(async (vote) => ({
      vote,
      standing: await standingOf(tools, run, vote.person, wanted),
    })),
  );
  const weighed = weigh(question, proven, votes);
  const isUnproven = proven.length < run.votes.length;
  return weighed.kind === 'never' && isUnproven ? { kind: 'never', why: unproven } : weighed;
}

const unproven =
  'An approval does not count any more: the second factor that proved it was revoked or replaced since. Nothing was done.';

const gone = 'Who asked for it is not a member of this workspace any more. Nothing was done.';

/**
 * Whether who asked may still ask, by copies as old as a click may rely on: Slack is asked about every role
 * of the grants otherwise, each time. Null when they may.
 */
async function mayNotAsk(
  { asking, directory }: RunTools,
  run: Run,
): Promise<Exclude<Rechecked, { kind: 'yes' }> | null> {
  if (!asking) return null;
  const { id, team } = run.requestedBy;
  const how = { maxAge: clickAge, roles: asking.roles() };
  const standing = await directory.standing(id, team, how).catch(messageOf);
  if (typeof standing === 'string') return { kind: 'not-now', why: standing };
  if (standing.kind === 'unverified') return { kind: 'not-now', why: standing.why };
  const may = standing.kind === 'member' && asking.may(run, standing.person);
  return may ? null : { kind: 'never', why: noRight };
}

const noRight = 'Who asked for it may not ask for it any more. Nothing was done.';

interface Weighed {
  vote: Vote;
  standing: Standing;
}

function weigh(question: Question, cast: readonly Vote[], votes: readonly Weighed[]): Rechecked {
  const confirms = cast.filter(({ kind }) => kind === 'confirm');
  const now = votes.flatMap(({ vote, standing }) =>
    standing.kind === 'member' ? [{ ...vote, roles: standing.person.roles }] : [],
  );
  const roles = Object.fromEntries(now.map((vote) => [vote.person, vote.roles]));
  if (isApproved(question, [...confirms, ...now])) return { kind: 'yes', roles };
  const open = votes.flatMap(({ vote, standing }) =>
    standing.kind === 'unverified' ? [{ vote, why: standing.why }] : [],
  );
  const perhaps = isApproved(question, [...confirms, ...now, ...open.map(({ vote }) => vote)]);
  if (perhaps) return { kind: 'not-now', why: open.map(({ why }) => why).join('; ') };
  return { kind: 'never', why: lost };
}

const lost =
  'An approval does not count any more: who gave it has lost the role since. Nothing was done.';

/** A directory that breaks is one that does not answer. */
const standingOf = (
  tools: RunTools,
  { requestedBy }: Run,
  id: string,
  roles: readonly Role[],
): Promise<Standing> =>
  tools.directory.standing(id, requestedBy.team, { maxAge: 0, roles }).catch((error: unknown) => ({
    kind: 'unverified',
    person: { id, team: requestedBy.team, roles: [] },
    why: messageOf(error),
  }));
