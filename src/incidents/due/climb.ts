import type { AuditEntry } from '../../core/audit.ts';
import { call } from '../calling/call.ts';
import { countOf, type LadderKind, reachedBy, stepsOf } from '../calling/ladder.ts';
import { decided } from '../decided.ts';
import { inRoom } from '../places.ts';
import type { WhenDue } from './due.ts';

/**
 * Calls whoever is on the highest rung that was reached by now. Lower ones that nobody was there to call are
 * left out: the record says how many.
 */
const climb =
  (kind: LadderKind, why: string): WhenDue =>
  (incident, { absence }, circumstances) => {
    const { from, done } = countOf(incident, kind);
    const steps = stepsOf(incident, kind);
    const reached = Math.max(reachedBy(incident, kind, circumstances.now), done + 1);
    const rung = steps[reached - 1];
    const counted = { ...incident.counted, [kind]: { from, done: reached } };
    const climbed = { ...incident, counted };
    const facts: AuditEntry['facts'] = {
      ladder: kind,
      rung: reached - 1,
      skipped: reached - 1 - done,
      last: reached >= steps.length,
      contact: rung?.contact ?? null,
      since: from,
      automatic: true,
      ...(absence && { absence: { ...absence } }),
    };
    if (!rung?.contact) return decided(climbed, 'nobody-acknowledged', facts, inRoom(climbed, 0));
    const { after, calls, messages } = call(
      climbed,
      rung.contact,
      { why, cause: kind },
      circumstances,
    );
    return decided(after, 'escalated', { ...facts, why, calls }, messages);
  };

/** Nobody has acknowledged it. */
export const dueAcknowledge = climb('acknowledge', 'nobody has acknowledged it');

/** It lasts, although somebody is on it perhaps. */
export const dueUnresolved = climb('unresolved', 'it is not resolved');
