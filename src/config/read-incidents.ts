import { usualContacts, usualIncidentRules } from '../core/default-incident-rules.ts';
import type { Contact, IncidentRules, Rung, SeverityClock } from '../core/incident-rules.ts';
import type { Secret } from '../core/secret.ts';
import { type Severity, severities } from '../core/severity.ts';
import type { Target } from '../core/target.ts';
import type { ConfigFile } from './file-schema.ts';
import type { IncidentsPart } from './incidents-schema.ts';

/** What incidents promise, and whom they call: as the file says, for all services and for each. */
export interface IncidentSettings {
  /** For what is about no service, and about one that says nothing else. */
  rules: IncidentRules;
  services: Readonly<Record<string, IncidentRules>>;
  /** What each service’s runbook calls severities, in small letters. */
  words: Readonly<Record<string, Readonly<Record<string, Severity>>>>;
  /** The addresses of webhooks by the names that contacts have for them. */
  webhooks: Readonly<Record<string, Secret>>;
}

/** What counts for an incident about a target. */
export const rulesFor = (
  { rules, services }: IncidentSettings,
  target: Target | null,
): IncidentRules =>
  (target !== null && Object.hasOwn(services, target.service) && services[target.service]) || rules;

/** The words that mean the same severity in every runbook that has them, in small letters. */
export function wordsOf({ words }: Pick<IncidentSettings, 'words'>): Map<string, Severity> {
  const found = new Map<string, Severity | null>();
  for (const [word, severity] of Object.values(words).flatMap((own) => Object.entries(own))) {
    found.set(word, (found.get(word) ?? severity) === severity ? severity : null);
  }
  return new Map([...found].flatMap(([word, one]) => (one === null ? [] : [[word, one] as const])));
}

/** The settings that a file means which was found to be right. */
export function readIncidents(file: ConfigFile): IncidentSettings {
  const { incidents } = file;
  const rules = withPart(baseOf(file), incidents, '');
  const services = Object.entries(incidents.services).map(([service, part]) => {
    const own = withPart(rules, part, `${service}/`);
    return [service, { ...own, words: shownWords(part.words) }] as const;
  });
  return {
    rules,
    services: Object.fromEntries(services),
    words: Object.fromEntries(
      Object.entries(incidents.services).map(([service, { words }]) => [service, small(words)]),
    ),
    webhooks: Object.fromEntries([
      ...webhooksOf(incidents, ''),
      ...Object.entries(incidents.services).flatMap(([service, part]) =>
        webhooksOf(part, `${service}/`),
      ),
    ]),
  };
}

/** What there is without the section: whoever the roles and on-call lists of the file make reachable. */
function baseOf({ roles, oncall, channels, incidents }: ConfigFile): IncidentRules {
  const exists = (who: string): boolean => {
    const [kind = '', named = ''] = who.split(':');
    return Object.hasOwn(kind === 'oncall' ? oncall : roles, named);
  };
  const contacts = usualContacts.map(({ name, who }) => ({
    name,
    who: who.filter(exists).slice(0, 1),
  }));
  const { responders, managers, security } = incidents.roles;
  const { roles: usual } = usualIncidentRules;
  return {
    ...usualIncidentRules,
    contacts,
    roles: {
      responders: responders ?? (Object.hasOwn(roles, 'oncall') ? ['oncall'] : usual.responders),
      managers: managers ?? usual.managers,
      security: security ?? usual.security,
    },
    channels: { announce: channels.incidents ?? null, stakeholders: null },
  };
}

/** The rules with what a part of the file says otherwise. */
function withPart(rules: IncidentRules, part: IncidentsPart, prefix: string): IncidentRules {
  const { update_every, watch, unacknowledged, unresolved } = part.security;
  return {
    ...rules,
    clock: clocksOf(rules.clock, part.clocks),
    security: {
      unacknowledged: rungs(unacknowledged) ?? rules.security.unacknowledged,
      unresolved: rungs(unresolved) ?? rules.security.unresolved,
      updateEvery: update_every ?? rules.security.updateEvery,
      watch: watch ?? rules.security.watch,
    },
    contacts: contactsOf(rules.contacts, part.contacts, prefix),
    cadence: part.cadence ?? rules.cadence,
    channels: {
      ...rules.channels,
      stakeholders: part.stakeholders ?? rules.channels.stakeholders,
    },
    working: part.working_hours ?? rules.working,
    duplicateWithin: or(part.duplicate_within, rules.duplicateWithin),
  };
}

const rungs = (said: readonly { after: number; call: string }[] | undefined): Rung[] | undefined =>
  said?.map(({ after, call }) => ({ after, contact: call }));

function clocksOf(
  usual: IncidentRules['clock'],
  said: IncidentsPart['clocks'],
): IncidentRules['clock'] {
  const [first, second, third, fourth] = severities.map((severity) =>
    clockOf(usual[severity], said[`sev${severity}`] ?? {}),
  ) as [SeverityClock, SeverityClock, SeverityClock, SeverityClock];
  return { 1: first, 2: second, 3: third, 4: fourth };
}

type SaidClock = NonNullable<IncidentsPart['clocks']['sev1']>;

/** `none` has become null, which is something else than nothing said. */
const or = <T>(said: T | undefined, usual: T): T => (said === undefined ? usual : said);

const clockOf = (usual: SeverityClock, said: SaidClock): SeverityClock => ({
  acknowledge: or(said.acknowledge, usual.acknowledge),
  updateEvery: or(said.update_every, usual.updateEvery),
  workingHours: or(said.working_hours, usual.workingHours),
  unacknowledged: or(rungs(said.unacknowledged), usual.unacknowledged),
  unresolved: or(rungs(said.unresolved), usual.unresolved),
  acknowledgedFor: or(said.still_on_it, usual.acknowledgedFor),
  watch: or(said.watch, usual.watch),
  watchAfterRelease: or(said.watch_after_release, usual.watchAfterRelease),
  reviewDays: or(said.review_days, usual.reviewDays),
});

/** Contacts of the same name take the place of the usual ones; others come after them. */
function contactsOf(
  usual: readonly Contact[],
  said: IncidentsPart['contacts'],
  prefix: string,
): Contact[] {
  const own = Object.entries(said).map(
    ([name, { who, email, webhook }]): Contact => ({
      name,
      who,
      ...(email && { email }),
      ...(webhook && { webhook: `${prefix}${name}` }),
    }),
  );
  const byName = new Map([...usual, ...own].map((contact) => [contact.name, contact]));
  return [...byName.values()];
}

const webhooksOf = ({ contacts }: Pick<IncidentsPart, 'contacts'>, prefix: string) =>
  Object.entries(contacts).flatMap(([name, { webhook }]) =>
    webhook ? [[`${prefix}${name}`, webhook] as const] : [],
  );

const small = (words: Readonly<Record<string, number>>): Record<string, Severity> =>
  Object.fromEntries(
    Object.entries(words).map(([word, severity]) => [word.toLowerCase(), severity as Severity]),
  );

/** The first word for each severity. */
const shownWords = (words: Readonly<Record<string, number>>): IncidentRules['words'] =>
  Object.fromEntries(
    Object.entries(words)
      .map(([word, severity]) => [severity, word])
      .reverse(),
  );
