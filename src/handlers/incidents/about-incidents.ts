import type { Declared } from '../command.ts';
import type { Outline } from '../on-demand.ts';
import { reviewDeclared, statsDeclared } from './incident-commands/review-declared.ts';
import {
  acknowledgeDeclared,
  cadenceDeclared,
  cancelDeclaredIncident,
  escalateDeclared,
  followUpDeclared,
  giveDeclared,
  impactDeclared,
  joinDeclared,
  listDeclared,
  noteDeclared,
  reopenDeclared,
  resolveDeclared,
  securityDeclared,
  severityDeclared,
  showDeclared,
  snoozeDeclared,
  startDeclared,
  stateDeclared,
  takeDeclared,
  targetDeclared,
  timelineDeclared,
  titleDeclared,
  updateDeclared,
  watchDeclared,
} from './incident-declared.ts';

/** Every command about incidents, for help, documentation and what a configuration file may name. */
export const aboutIncidents: readonly Declared[] = [
  startDeclared,
  listDeclared,
  showDeclared,
  timelineDeclared,
  acknowledgeDeclared,
  stateDeclared,
  severityDeclared,
  resolveDeclared,
  reopenDeclared,
  cancelDeclaredIncident,
  watchDeclared,
  securityDeclared,
  titleDeclared,
  targetDeclared,
  impactDeclared,
  updateDeclared,
  cadenceDeclared,
  snoozeDeclared,
  noteDeclared,
  joinDeclared,
  takeDeclared,
  giveDeclared,
  escalateDeclared,
  followUpDeclared,
  reviewDeclared,
  statsDeclared,
];

/** They show something; every other one may change an incident. */
const looking: readonly Declared[] = [listDeclared, showDeclared, timelineDeclared, statsDeclared];

/** What has to be known of them before one is used. */
export const incidentOutlines: readonly Outline[] = aboutIncidents.map((declared) => ({
  ...declared,
  group: 'Incidents',
  changes: !looking.includes(declared),
  asks: declared === startDeclared,
}));
