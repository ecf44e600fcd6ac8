import type { Evidence } from '../../core/incident.ts';
import type { EvidenceAnswer, IncidentEvent } from '../../core/incident-command.ts';
import { targetName } from '../../core/target.ts';
import { evidenceDeadline } from '../deadlines/evidence.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { inRoom } from '../places.ts';
import { wantedAnew } from '../wanted-evidence.ts';

type OfEvidence = Extract<IncidentEvent, { kind: 'evidence' }>;

/**
 * The pauses before the evidence is asked for again, in milliseconds. All of them together are less than the minute
 * within which it is to be kept, or to be said that it is not.
 */
const pauses = [3_000, 6_000, 12_000, 24_000];

/**
 * The evidence was asked for as a run, or could not be: that is said, so that somebody does it by hand. A run that has
 * ended before anything was done is asked for anew, a few times.
 */
export const evidence: Decide<OfEvidence> = (
  incident,
  { wantedBy, repeats = 0, answer: said },
  { now },
) => {
  const { evidence: wanted, target } = incident;
  const isSame = wanted?.wantedBy === wantedBy && (wanted.repeats ?? 0) === repeats;
  if (!wanted || !isSame || evidenceDeadline(incident) === null) {
    return refused({ kind: 'already', what: 'asked for', by: null, at: null });
  }
  const about = target && targetName(target);
  const answer = ofLost(wanted, said);
  if (answer.kind === 'asked') {
    const { run, by } = answer;
    const after = { ...incident, evidence: { ...wanted, state: 'asked', run, why: null } } as const;
    return decided(after, 'evidence-asked', { run, by, target: about }, inRoom(after, 1));
  }
  const next = afterNothing(wanted, answer, now);
  const after = { ...incident, evidence: next };
  const run = answer.kind === 'ended' ? answer.run : null;
  const facts = { why: answer.why, run, tries: next.tries, target: about };
  return next.state === 'failed'
    ? decided(after, 'evidence-failed', facts, inRoom(after, 0))
    : decided(after, 'evidence-tried', facts, []);
};

/** The incident has heard of its end before it has heard that it was asked for. */
const ofLost = (wanted: Evidence, answer: EvidenceAnswer): EvidenceAnswer =>
  answer.kind === 'asked' && answer.run === wanted.lost
    ? { kind: 'ended', run: answer.run, why: wanted.why ?? 'it has ended before anything was done' }
    : answer;

function afterNothing(
  wanted: Evidence,
  answer: Exclude<EvidenceAnswer, { kind: 'asked' }>,
  now: number,
): Evidence {
  const { why } = answer;
  if (answer.kind === 'ended') {
    return wantedAnew(wanted, answer.run, why, now + (pauses[wanted.repeats ?? 0] ?? 0));
  }
  const pause = answer.again ? pauses[wanted.tries] : undefined;
  const tries = wanted.tries + 1;
  return pause === undefined
    ? { ...wanted, tries, why, state: 'failed' }
    : { ...wanted, tries, why, at: now + pause };
}
