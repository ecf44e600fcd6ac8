import type { Incident } from '../../core/incident.ts';
import { isOpen } from '../../core/incident.ts';
import { callAtOnce } from '../calling/call.ts';
import { type Decide, decided, isReason, leastReason, refused } from '../decided.ts';
import type { Circumstances } from '../decision.ts';
import { setupOf } from '../declare.ts';
import { inRoom } from '../places.ts';
import { settleMissed } from '../updating/missed.ts';
import { repaced } from '../updating/repaced.ts';
import { wantingEvidence } from '../wanted-evidence.ts';
import { leaving, wantingTraces } from '../wanted-traces.ts';

/**
 * Says that it is about security, or that it is not. When it is and its channel is public, it goes on in a
 * private one that is made now; the public one hears only that, so its notice must say nothing else.
 */
export const setSecurity: Decide<{
  kind: 'set-security';
  on: boolean;
  reason: string | null;
}> = (incident, { on, reason }, circumstances) => {
  const { id, state, security } = incident;
  if (!isOpen(state)) return refused({ kind: 'over', id, state });
  if (on === security) {
    const what = on ? 'about security' : 'not about security';
    return refused({ kind: 'already', what, by: null, at: null });
  }
  if (!on && !isReason(reason)) {
    const what = 'say that it is not about security';
    return refused({ kind: 'needs-reason', what, atLeast: leastReason, flag: 'reason' });
  }
  const { now } = circumstances;
  const left = on && incident.channel?.private === false ? incident.channel.id : null;
  const { after: settled, ...missed } = settleMissed(incident, now);
  const flagged = withEvidence(
    repaced(inPrivate({ ...settled, security: on }, left, now), now),
    circumstances,
  );
  const { after, calls, messages } = callAtOnce(flagged, 'it is about security', circumstances);
  const told = left === null ? [] : [{ kind: 'notice', to: left, urgency: 1 } as const];
  const facts = { on, reason, calls, left, ...missed };
  return decided(after, 'security-set', facts, [...inRoom(after, 0), ...told, ...messages]);
};

/**
 * What is about security now wants evidence, and what everybody could read taken away; what is not wants neither
 * any more.
 */
const withEvidence = (incident: Incident, { by, now }: Circumstances): Incident => {
  const version = incident.version + 1;
  const who = by?.id ?? incident.declaredBy.id;
  const wanting = { by: who, now, version };
  if (incident.security) return wantingTraces(wantingEvidence(incident, wanting), now);
  const { evidence: _none, traces: _nothing, ...rest } = incident;
  return rest;
};

/** The same incident with a new channel to be made, when it leaves one. */
function inPrivate(incident: Incident, left: string | null, now: number): Incident {
  const announce = { announce: { kind: 'done', at: now } } as const;
  if (!incident.security) return incident;
  // Whoever was let in while everybody could be is not let in any more by that.
  const { joined: _joined, ...rest } = incident;
  if (left === null) return { ...rest, setup: { ...incident.setup, ...announce } };
  const counted = { ...incident.counted, setup: { from: now, done: 0 } };
  return leaving({ ...rest, channel: null, setup: setupOf(false, now), counted }, left);
}
