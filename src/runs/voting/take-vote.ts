import type { Vote } from '../../core/approval.ts';
import type { Person } from '../../core/person.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import type { Proof } from '../../core/second-factor.ts';
import { targetName } from '../../core/target.ts';
import { isApproved, mayVote, type Question } from '../../permissions/approval.ts';
import { takeUse } from '../asking/break-glass.ts';
import { clickAge, questionFor, verified, votesOf } from '../asking/people.ts';
import { actorOf, type Change, commit } from '../commit.ts';
import { planCode, planCodeLength } from '../planning/plan-hash.ts';
import type { RunTools } from '../run-tools.ts';
import type { Ballot } from '../runner.ts';

/** A vote that was let in, and the run and the question it was let in for. */
interface Seen {
  run: Run;
  question: Question;
  vote: Vote;
}

/** Counts a vote, or says why not. When somebody else was first it reads again and decides again. */
export async function takeVote(tools: RunTools, ballot: Ballot): Promise<Result<Run, RunRefusal>> {
  const voter = await verified(tools, ballot.by, clickAge);
  if (!voter.ok) return voter;
  const proven = proving(tools, ballot);
  for (;;) {
    const run = await tools.runs.find(ballot.run);
    if (!run) return err({ kind: 'no-such-run', id: ballot.run });
    const seen = letIn(tools, run, ballot, voter.value);
    if (!seen.ok) return seen;
    const sure = await proven(seen.value);
    if (!sure.ok) return sure;
    const counted = await commit(tools, run, changeFor(sure.value));
    if (counted) return ok(counted);
    const again = await tools.runs.find(run.id);
    if (again?.version === run.version) return err({ kind: 'too-late' });
  }
}

/** All the reasons not to count a vote, the most telling first. */
function letIn(
  tools: RunTools,
  run: Run,
  { kind, note, planHash, typedTarget }: Ballot,
  by: Person,
): Result<Seen, RunRefusal> {
  const { plan } = run;
  if (!isOpen(run, kind)) return err({ kind: 'already', state: run.state });
  const question = questionFor(tools, run);
  if (!plan || !question) return err({ kind: 'already', state: run.state });
  if (planHash.length < planCodeLength || !plan.hash.startsWith(planHash)) {
    return err({ kind: 'other-plan', shown: planHash, current: planCode(plan) });
  }
  const may = mayVote(by, question, kind);
  if (!may.ok) return may;
  if (votesOf(run, by.id).some((vote) => vote.kind === kind)) return err({ kind: 'voted-already' });
  const expected = targetName(run.target);
  if (kind !== 'deny' && question.approval.typedTarget && typedTarget?.trim() !== expected) {
    return err({ kind: 'wrong-target-typed', expected });
  }
  const at = tools.clock.now();
  const vote: Vote = { person: by.id, kind, roles: by.roles, planHash: plan.hash, note, at };
  return ok({ run, question, vote });
}

/**
 * Lets a vote through when it was proved with a one-time password, where one is asked for. It comes after
 * everything else, so that whoever may not vote learns nothing about codes, and asks once for each
 * ballot, since a code counts once.
 */
function proving(tools: RunTools, { by, code }: Ballot) {
  let asked: Promise<Proof> | null = null;
  return async (seen: Seen): Promise<Result<Seen, RunRefusal>> => {
    const { question, vote } = seen;
    if (vote.kind === 'deny' || question.approval.stepUp === undefined) return ok(seen);
    if (!code) return err({ kind: 'not-proven', proof: { kind: 'missing' } });
    asked ??= tools.secondFactor.verify(by, code);
    const proof = await asked;
    if (proof.kind !== 'ok') return err({ kind: 'not-proven', proof });
    const no = await takeUse(tools, seen.run, by);
    return no
      ? err(no)
      : ok({ ...seen, vote: { ...vote, steppedUp: true, provenBy: proof.enrolledAt } });
  };
}

/** A no still ends what is approved and has not begun. */
const isOpen = ({ state }: Run, kind: Vote['kind']): boolean =>
  state === 'waiting' || (kind === 'deny' && state === 'approved');

function changeFor({ run, question, vote }: Seen): Change {
  const votes = [...run.votes, vote];
  const actor = actorOf({ id: vote.person, team: run.requestedBy.team });
  const facts = { vote: vote.kind, roles: vote.roles, note: vote.note, ...proofOf(vote) };
  const before = run.state === 'waiting' ? 'waitsUntil' : 'validUntil';
  if (vote.kind === 'deny') {
    const why = vote.note ?? 'No reason was given.';
    return { patch: { state: 'denied', votes, why }, event: 'denied', actor, facts, before };
  }
  if (!isApproved(question, votes)) {
    return { patch: { votes }, event: 'vote', actor, facts, before };
  }
  const { name, validFor } = question.approval;
  const trace = { approval: name, votes: votes.map(traceOf) };
  return {
    patch: { state: 'approved', votes, validFor },
    event: 'approved',
    actor,
    facts: { ...facts, ...trace },
    before,
    dueIn: validFor,
  };
}

const proofOf = ({ steppedUp }: Vote) => (steppedUp ? { steppedUp } : {});

const traceOf = (vote: Vote) => ({ person: vote.person, roles: vote.roles, ...proofOf(vote) });
