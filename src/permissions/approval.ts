import type { ApprovalSet, Vote } from '../core/approval.ts';
import type { ApprovalPolicy } from '../core/approval-policy.ts';
import type { Person, Role } from '../core/person.ts';
import type { ActionRisk } from '../core/plan.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Run } from '../core/run.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import { fills } from './matching.ts';

/** What is voted on: exactly one plan, asked for by one person, about some others perhaps. */
export interface Question {
  planHash: string;
  approval: ApprovalSet;
  /** The Slack user id of who asked. */
  requester: string;
  /** The Slack user ids of those whom the action is about. They never count, as the requester never does. */
  about: readonly string[];
}

/** What a plan of this risk needs, in production or elsewhere. */
export const approvalSetFor = (
  policy: ApprovalPolicy,
  risk: ActionRisk,
  production: boolean,
): ApprovalSet => (production ? policy.production : policy.elsewhere)[risk];

/** Whether nobody has to say anything. */
export const needsNothing = ({ slots, requesterConfirms }: ApprovalSet): boolean =>
  !requesterConfirms && slots.every(({ n }) => n === 0);

/**
 * The same without asking for the requester’s own word, where they have given it already by what the request comes of,
 * nobody else is asked, nothing has to be proved and there is little risk. Anything else stays as it is.
 */
export const withoutOwnWord = (set: ApprovalSet, risk: ActionRisk): ApprovalSet =>
  risk === 'low' &&
  set.requesterConfirms &&
  set.slots.every(({ n }) => n === 0) &&
  set.stepUp === undefined
    ? { ...set, requesterConfirms: false, ownWord: 'given' }
    : set;

/**
 * Whether who asked would decide alone about themselves: nobody else is asked, and it is about them. Then it
 * takes somebody else to ask for it, wherever it is and however little risk there is.
 */
export const decidesAboutOneself = ({
  approval,
  requester,
  about,
}: Pick<Question, 'approval' | 'requester' | 'about'>): boolean =>
  about.includes(requester) && approval.slots.every(({ n }) => n === 0);

/** Every role that fills a slot, each once. */
export const approverRoles = ({ slots }: ApprovalSet): Role[] => [
  ...new Set(slots.flatMap(({ anyOf }) => anyOf)),
];

/** Every role that can say no: one that could say yes, or one of those who are told where nobody else is asked. */
export const denierRoles = (approval: ApprovalSet): Role[] => [
  ...new Set([...approverRoles(approval), ...(approval.breakGlass?.deniedBy ?? [])]),
];

/** The votes that say yes to this plan and may count; nobody’s counts twice. */
export function countedVotes(question: Question, votes: readonly Vote[]): Vote[] {
  const { approval, planHash, requester, about } = question;
  return votes.filter(
    (vote) =>
      vote.kind === 'approve' &&
      vote.planHash === planHash &&
      isProven(vote, approval) &&
      vote.person !== requester &&
      !about.includes(vote.person),
  );
}

/** Where a one-time password is asked for, nothing but one makes a vote count. */
const isProven = ({ steppedUp }: Vote, { stepUp }: ApprovalSet): boolean =>
  stepUp === undefined || steppedUp === true;

/** Whether these votes are enough: every slot filled, each by another person, or the requester’s word. */
export function isApproved(question: Question, votes: readonly Vote[]): boolean {
  const { approval, planHash, requester } = question;
  const confirmed = votes.some((vote) => {
    const { kind, person, planHash: hash } = vote;
    return (
      kind === 'confirm' && person === requester && hash === planHash && isProven(vote, approval)
    );
  });
  if (decidesAboutOneself(question) || (approval.requesterConfirms && !confirmed)) return false;
  return fills(approval.slots, countedVotes(question, votes));
}

/** Whether the person may say that to this plan. Holding every role of the house exempts nobody. */
export function mayVote(
  person: Pick<Person, 'id' | 'roles'>,
  question: Question,
  kind: Vote['kind'],
): Result<true, RunRefusal> {
  const { approval, requester, about } = question;
  const roles = kind === 'deny' ? denierRoles(approval) : approverRoles(approval);
  if (kind === 'confirm') {
    if (person.id !== requester) return err({ kind: 'not-yours' });
    if (decidesAboutOneself(question)) return err({ kind: 'about-yourself' });
    return approval.requesterConfirms ? ok(true) : err({ kind: 'own-request' });
  }
  if (person.id === requester) return err({ kind: 'own-request' });
  const eligible = roles.some((role) => person.roles.includes(role)) && !about.includes(person.id);
  return eligible ? ok(true) : err({ kind: 'not-eligible', roles });
}

/** The question that a planned run asks; null before it has a plan. */
export function questionOf(run: Run, about: readonly string[]): Question | null {
  const { plan, approval, requestedBy } = run;
  if (!plan || !approval) return null;
  return { planHash: plan.hash, approval, requester: requestedBy.id, about };
}
