/** What has to be among all that happens in many schedules, for the rest to mean anything. */
export const interesting = [
  ...['declared', 'acknowledged', 'unacknowledged', 'acknowledgement-expired', 'escalated'],
  ...[
    'escalation-answered',
    'escalation-unanswered',
    'nobody-acknowledged',
    'updated',
    'unchanged',
  ],
  ...['reminded', 'update-overdue', 'snoozed', 'cadence-set', 'severity-set', 'security-set'],
  ...['severity-asked', 'role-taken', 'role-offered', 'role-accepted', 'role-refused', 'role-left'],
  ...[
    'role-unclaimed',
    'handover-expired',
    'still-on-it',
    'still-on-it-asked',
    'moved',
    'red-again',
  ],
  'person-left',
  ...['evidence-asked', 'evidence-tried', 'evidence-failed'],
  ...['watch-passed', 'watched-longer', 'resolved', 'reopened', 'cancelled', 'review-published'],
  ...['review-waived', 'room-lost', 'repaired', 'set-up'],
].map((what) => `incident.${what}`);
