/**
 * Everything that a record of an incident can be about, in the order of its life: `incident.` and this is the event
 * of the audit. Each of them has its words on the timeline.
 */
export const incidentEvents = [
  ...(['declared', 'set-up', 'room-lost', 'room-back'] as const),
  ...(['room-recreated', 'card-moved', 'card-left', 'room-left'] as const),
  ...(['acknowledged', 'unacknowledged', 'nobody-acknowledged', 'still-on-it'] as const),
  ...(['still-on-it-asked', 'acknowledgement-expired', 'spoke'] as const),
  ...(['escalated', 'escalation-answered', 'escalation-unanswered', 'paged-elsewhere'] as const),
  ...(['role-taken', 'role-left', 'role-offered', 'role-accepted', 'role-refused'] as const),
  ...(['role-unclaimed', 'handover-expired', 'shift', 'person-left'] as const),
  ...(['severity-set', 'severity-asked', 'security-set'] as const),
  ...(['evidence-asked', 'evidence-tried', 'evidence-failed'] as const),
  ...(['traces-looked', 'traces-tried', 'traces-cleared'] as const),
  ...(['target-set', 'title-set', 'impact-set'] as const),
  ...(['moved', 'updated', 'unchanged', 'reminded', 'update-overdue', 'snoozed'] as const),
  ...(['cadence-set', 'slack-back', 'repaired', 'run'] as const),
  ...(['watch-passed', 'watched-longer', 'red-again'] as const),
  ...(['note-added', 'note-changed', 'note-hidden', 'joined', 'plea'] as const),
  ...(['resolved', 'reopened', 'cancelled'] as const),
  ...(['follow-up-added', 'follow-up-done', 'follow-up-due'] as const),
  ...(['review-due', 'review-written', 'review-published', 'review-waived'] as const),
] as const;

/** One of {@link incidentEvents}. */
export type IncidentEventName = (typeof incidentEvents)[number];
