import type { Impact, Incident, IncidentRole, IncidentState } from '../../core/incident.ts';
import { type Severity, severityName } from '../../core/severity.ts';
import { silentSince } from '../../core/silence.ts';
import { moment } from '../text/moment.ts';

/** A state with its sign: the word is always there, never the colour alone. */
export const incidentStateWords: Readonly<Record<IncidentState, string>> = {
  triage: ':grey_question: triage',
  investigating: ':red_circle: investigating',
  identified: ':large_orange_circle: identified',
  mitigating: ':large_orange_circle: mitigating',
  monitoring: ':large_yellow_circle: monitoring',
  resolved: ':large_green_circle: resolved',
  closed: ':white_check_mark: closed',
  cancelled: ':heavy_minus_sign: cancelled',
};

/** A state without its sign. */
export const plainIncidentState = (state: IncidentState): string => state;

/** What a role is called. */
export const roleWords: Readonly<Record<IncidentRole, string>> = {
  commander: 'incident commander',
  operations: 'operations',
  communications: 'communications',
  scribe: 'scribe',
};

/** What somebody is who has a role: "You are … now". */
export const dutyWords: Readonly<Record<IncidentRole, string>> = {
  commander: 'incident commander',
  operations: 'in charge of operations',
  communications: 'in charge of communications',
  scribe: 'scribe',
};

/** Whoever has a role, in a sentence. */
export const holderWords: Readonly<Record<IncidentRole, string>> = {
  commander: 'its incident commander',
  operations: 'whoever leads its operations',
  communications: 'whoever leads its communications',
  scribe: 'its scribe',
};

/** Who is hit, in words. */
export const impactWords: Readonly<Record<Impact, string>> = {
  'all-users': 'all users',
  'one-tenant': 'one tenant',
  password: 'password sign-in',
  oauth: 'OAuth sign-in',
  reads: 'reading',
  writes: 'writing',
};

/** `SEV1 (P0 in rust-auth)`: the severity, with the word of the service's runbook. */
export function severityWords({
  severity,
  provisional,
  rules,
  target,
}: Pick<Incident, 'severity' | 'provisional' | 'rules' | 'target'>): string {
  const word = rules.words[severity as Severity];
  const said = word && target ? ` (${word} in ${target.service})` : '';
  return `${severityName(severity)}${said}${provisional ? ', not confirmed' : ''}`;
}

/** What people call an incident: its id and title; of one about security, the id alone says enough. */
export const incidentTitle = ({ id, title }: Pick<Incident, 'id' | 'title'>): string =>
  `${id} · ${title}`;

/**
 * What stands where people look at an incident of which nobody gives an update any more; null for any other. The sign
 * is not the one of any state.
 */
export function silentWords(incident: Incident): string | null {
  const since = silentSince(incident);
  return since === null ? null : `:large_red_square: *SILENT* since ${moment(since)}`;
}
