import type { IncidentDeed } from '../../core/incident-command.ts';
import type { Decide } from '../decided.ts';
import { roomRecreated } from '../events/room.ts';
import { acknowledge } from './acknowledge.ts';
import { cancel } from './cancel.ts';
import { setImpact, setTarget, setTitle } from './describe.ts';
import { answerEscalation, escalate } from './escalations.ts';
import { join } from './join.ts';
import { move } from './move.ts';
import { addNote, hideNote, noteChanged } from './notes.ts';
import { plea } from './plea.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';
import { addFollowUp, finishFollowUp, publishReview, waiveReview, writeReview } from './review.ts';
import { acceptRole, leaveRole, offerRole, refuseRole, takeRole } from './roles.ts';
import { setSecurity } from './set-security.ts';
import { setSeverity } from './set-severity.ts';
import { stay } from './stay.ts';
import { unacknowledge } from './unacknowledge.ts';
import { noChange, setCadence, snooze, update } from './updates.ts';
import { watchMore } from './watch-more.ts';

/** What each deed comes to. The compiler wants one for every kind. */
export const deeds: {
  [Kind in IncidentDeed['kind']]: Decide<Extract<IncidentDeed, { kind: Kind }>>;
} = {
  acknowledge,
  unacknowledge,
  stay,
  move,
  'set-severity': setSeverity,
  'set-security': setSecurity,
  join,
  plea,
  'set-target': setTarget,
  'set-impact': setImpact,
  'set-title': setTitle,
  'take-role': takeRole,
  'leave-role': leaveRole,
  'offer-role': offerRole,
  'accept-role': acceptRole,
  'refuse-role': refuseRole,
  update,
  'no-change': noChange,
  snooze,
  'set-cadence': setCadence,
  'recreate-room': roomRecreated,
  escalate,
  'answer-escalation': answerEscalation,
  'watch-more': watchMore,
  resolve,
  reopen,
  cancel,
  'add-note': addNote,
  'hide-note': hideNote,
  'note-changed': noteChanged,
  'add-follow-up': addFollowUp,
  'finish-follow-up': finishFollowUp,
  'write-review': writeReview,
  'publish-review': publishReview,
  'waive-review': waiveReview,
};
