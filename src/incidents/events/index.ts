import type { IncidentEvent } from '../../core/incident-command.ts';
import type { Decide } from '../decided.ts';
import { cardLeft } from './card-left.ts';
import { cardMoved } from './card-moved.ts';
import { due } from './due.ts';
import { evidence } from './evidence.ts';
import { markGone } from './mark-gone.ts';
import { pagedElsewhere } from './paged-elsewhere.ts';
import { personLeft } from './person-left.ts';
import { roomBack, roomLost, roomRecreated } from './room.ts';
import { repaired, run, sampled, slackBack } from './seen.ts';
import { setUp } from './set-up.ts';
import { shift } from './shift.ts';
import { spoke } from './spoke.ts';
import { traces } from './traces.ts';

/** What each event comes to. The compiler wants one for every kind. */
export const events: {
  [Kind in IncidentEvent['kind']]: Decide<Extract<IncidentEvent, { kind: Kind }>>;
} = {
  due,
  'set-up': setUp,
  'card-moved': cardMoved,
  'card-left': cardLeft,
  'room-lost': roomLost,
  'room-back': roomBack,
  'room-recreated': roomRecreated,
  sampled,
  run,
  shift,
  evidence,
  traces,
  'person-left': personLeft,
  'mark-gone': markGone,
  spoke,
  'slack-back': slackBack,
  'paged-elsewhere': pagedElsewhere,
  repaired,
};
