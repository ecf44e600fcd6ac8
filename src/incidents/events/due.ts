import { hasWrongDeadline, requiredDeadlines } from '../deadlines.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { dueFollowUp, dueReview } from '../due/afterwards.ts';
import { dueAnswer, dueHandover } from '../due/answers.ts';
import { dueRole, dueSeverity } from '../due/ask.ts';
import { dueAcknowledge, dueUnresolved } from '../due/climb.ts';
import type { Due, WhenDueTable } from '../due/due.ts';
import { dueOverdue, dueReminder } from '../due/reminders.ts';
import { dueStillOnIt } from '../due/still-on-it.ts';
import { dueUpdate } from '../due/update.ts';
import { dueWatch } from '../due/watch.ts';

const whenDue: WhenDueTable = {
  /** The channel is told of step by step: see `set-up`. */
  setup: () => refused({ kind: 'not-now', why: 'The channel is made step by step.' }),
  /** It is asked for beside everything else: see `evidence`. */
  evidence: () => refused({ kind: 'not-now', why: 'The evidence is asked for as a run.' }),
  /** They are looked for beside everything else: see `traces`. */
  traces: () =>
    refused({ kind: 'not-now', why: 'What everybody could read is looked for in Slack.' }),
  acknowledge: dueAcknowledge,
  unresolved: dueUnresolved,
  'still-on-it': dueStillOnIt,
  'confirm-severity': dueSeverity,
  'role-unclaimed': dueRole,
  reminder: dueReminder,
  update: dueUpdate,
  overdue: dueOverdue,
  watch: dueWatch,
  handover: dueHandover,
  'escalation-answer': dueAnswer,
  review: dueReview,
  'follow-up': dueFollowUp,
};

/**
 * A deadline has passed. Whoever says so may be late: it counts only when the incident, as it is now, has one
 * of that kind that has passed, so that the same one twice is done once. One that it has and should not have
 * is taken away, or it would be due for ever.
 */
export const due: Decide<Due> = (incident, event, circumstances) => {
  const { kind } = event.deadline;
  const deadline = requiredDeadlines(incident).find((one) => one.kind === kind);
  if (!deadline || deadline.at > circumstances.now) {
    if (hasWrongDeadline(incident)) return decided(incident, 'repaired', { deadlines: [] }, []);
    return refused({ kind: 'not-now', why: `Nothing of the kind is due: ${kind}.` });
  }
  return whenDue[kind](incident, { ...event, deadline }, circumstances);
};
