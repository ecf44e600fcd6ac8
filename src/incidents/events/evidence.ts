import type { Evidence } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { targetName } from '../../core/target.ts';
import { evidenceDeadline } from '../deadlines/evidence.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { inRoom } from '../places.ts';

type OfEvidence = Extract<IncidentEvent, { kind: 'evidence' }>;

/**
 * The pauses before the evidence is asked for again, in milliseconds. All of them together are less than the minute
 * within which it is to be kept, or to be said that it is not.
 */
const pauses = [3_000, 6_000, 12_000, 24_000];

/** The evidence was asked for as a run, or could not be: that is said, so that somebody does it by hand. */
export const evidence: Decide<OfEvidence> = (incident, { wantedBy, answer }, { now }) => {
  const { evidence: wanted, target } = incident;
  if (!wanted || wanted.wantedBy !== wantedBy || evidenceDeadline(incident) === null) {
    return refused({ kind: 'already', what: 'asked for', by: null, at: null });
  }
  const about = target && targetName(target);
  if (answer.kind === 'asked') {
    const { run, by } = answer;
    const after = { ...incident, evidence: { ...wanted, state: 'asked', run, why: null } } as const;
    return decided(after, 'evidence-asked', { run, by, target: about }, inRoom(after, 1));
  }
  const pause = answer.again ? pauses[wanted.tries] : undefined;
  const tries = wanted.tries + 1;
  const { why } = answer;
  const next: Evidence =
    pause === undefined
      ? { ...wanted, tries, why, state: 'failed' }
      : { ...wanted, tries, why, at: now + pause };
  const after = { ...incident, evidence: next };
  const facts = { why, tries, target: about };
  return pause === undefined
    ? decided(after, 'evidence-failed', facts, inRoom(after, 0))
    : decided(after, 'evidence-tried', facts, []);
};
