/** The events that figures over incidents count. */
export const countedEvents = {
  reminders: ['incident.reminded', 'incident.update-overdue'],
  redAgain: ['incident.red-again'],
} as const;
