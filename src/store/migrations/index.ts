import type { Migration } from 'kysely/migration';
import * as clock from './0001-clock.ts';
import * as intake from './0002-intake.ts';
import * as audit from './0003-audit.ts';
import * as run from './0004-run.ts';
import * as targetLock from './0005-target-lock.ts';
import * as outbox from './0006-outbox.ts';
import * as killSwitch from './0007-kill-switch.ts';
import * as intakeRequest from './0008-intake-request.ts';
import * as runOrigin from './0009-run-origin.ts';
import * as ending from './0010-ending.ts';
import * as suspension from './0011-suspension.ts';
import * as outboxPace from './0012-outbox-pace.ts';
import * as auditNote from './0013-audit-note.ts';
import * as auditAnchor from './0014-audit-anchor.ts';
import * as secondFactor from './0015-second-factor.ts';
import * as breakGlass from './0016-break-glass.ts';
import * as targetHold from './0017-target-hold.ts';
import * as endingOn from './0018-ending-on.ts';
import * as newPlan from './0019-new-plan.ts';
import * as incident from './0021-incident.ts';
import * as presence from './0022-presence.ts';
import * as ofIncident from './0023-of-incident.ts';
import * as outboxOrder from './0024-outbox-order.ts';
import * as incidentLatest from './0025-incident-latest.ts';
import * as incidentHold from './0029-incident-hold.ts';
import * as sampleAge from './0030-sample-age.ts';
import * as escalated from './0031-escalated.ts';
import * as lateTimers from './0040-late-timers.ts';
import * as outboxTakings from './0041-outbox-takings.ts';

/**
 * Every migration, oldest first by name. Forward only, in SQL that PostgreSQL 15 and 18 share, one
 * statement at a time. A migration that was released is never edited: add another one.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-clock': clock,
  '0002-intake': intake,
  '0003-audit': audit,
  '0004-run': run,
  '0005-target-lock': targetLock,
  '0006-outbox': outbox,
  '0007-kill-switch': killSwitch,
  '0010-ending': ending,
  '0008-intake-request': intakeRequest,
  '0009-run-origin': runOrigin,
  '0011-suspension': suspension,
  '0012-outbox-pace': outboxPace,
  '0013-audit-note': auditNote,
  '0014-audit-anchor': auditAnchor,
  '0015-second-factor': secondFactor,
  '0016-break-glass': breakGlass,
  '0017-target-hold': targetHold,
  '0018-ending-on': endingOn,
  '0019-new-plan': newPlan,
  '0021-incident': incident,
  '0022-presence': presence,
  '0023-of-incident': ofIncident,
  '0024-outbox-order': outboxOrder,
  '0025-incident-latest': incidentLatest,
  '0029-incident-hold': incidentHold,
  '0030-sample-age': sampleAge,
  '0031-escalated': escalated,
  '0040-late-timers': lateTimers,
  '0041-outbox-takings': outboxTakings,
};
