import type { PeopleNames } from '../bot/people/people-names.ts';
import type { AuditRecord } from '../core/audit.ts';
import type { Incident } from '../core/incident.ts';
import type { IncidentReport } from '../core/incident-report.ts';
import type { Absence } from '../core/incidents.ts';
import { promisesOf } from '../incidents/reviewing/promises-of.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { timelineOf } from '../views/incidents/timeline-of.ts';
import { code } from '../views/text/code.ts';
import { textIn } from '../views/text/fact.ts';
import { prose } from '../views/text/prose.ts';

/** What it takes to tell everything about an incident. */
export interface ReportTools {
  store: Pick<StoreDoor, 'incidents' | 'audit' | 'presence'>;
  names: PeopleNames;
}

/** So many records are read at once, and in all: more than that nobody reads. */
const portion = { page: 500, most: 5_000 };

/** Everything that there is to say about an incident; null when there is none. @throws when the database does not say. */
export async function reportIncident(
  { store, names }: ReportTools,
  id: string,
): Promise<IncidentReport | null> {
  const found = await store.incidents.find(id);
  if (!found) return null;
  const { incident, now } = found;
  const [{ records, all }, gone] = await Promise.all([
    recordsOf(store, id),
    store.presence.absences(incident.times.declared),
  ]);
  const absences = gone.filter(({ from }) => from < (incident.times.resolved ?? now));
  const lines = timelineOf(records, absences.map(sinceDeclared(incident)));
  return {
    incident,
    now,
    lines,
    leftOut: all ? 0 : Math.max(0, incident.version - records.length),
    promises: promisesOf(incident, records, absences, now),
    absences,
    evidence: evidenceIn(records),
    names: await names(peopleIn(incident, lines)),
  };
}

/** The records of an incident and of its runs, by keyset, the newest first. */
async function recordsOf({ audit }: Pick<StoreDoor, 'audit'>, incident: string) {
  const records: AuditRecord[] = [];
  while (records.length < portion.most) {
    const last = records.at(-1);
    const older = last === undefined ? {} : { beforeId: last.id };
    const page = await audit.find({ incident, ...older, limit: portion.page });
    records.push(...page);
    if (page.length < portion.page) return { records, all: true };
  }
  return { records, all: false };
}

const sinceDeclared =
  ({ times }: Incident) =>
  ({ from, until }: Absence): Absence => ({ from: Math.max(from, times.declared), until });

/** What was kept by snapshots of evidence: which run, by whom it was asked for, and each file as it was said. */
function evidenceIn(records: readonly AuditRecord[]): string[] {
  return records.toReversed().flatMap(({ event, subject, facts }) => {
    const isKept = event === 'run.succeeded' && facts.action === 'evidence snapshot';
    const isStep = event.startsWith('run.') && /keep-evidence/.test(textIn(facts, 'step') ?? '');
    const seen = seenIn(facts);
    if (isStep && seen !== null) return [`${code(subject, 80)}: ${prose(seen, 1_500)}`];
    return isKept ? [`${code(subject, 80)} succeeded`] : [];
  });
}

function seenIn(facts: AuditRecord['facts']): string | null {
  const { outcome } = facts;
  const seen = textIn(facts, 'seen');
  if (seen !== null || typeof outcome !== 'object' || outcome === null || Array.isArray(outcome)) {
    return seen;
  }
  return textIn(outcome as AuditRecord['facts'], 'seen');
}

/** Everybody who is named anywhere in it. */
function peopleIn(incident: Incident, lines: IncidentReport['lines']): string[] {
  const said = lines.flatMap((line) => [line.said, ...line.later]).join(' ');
  const { roles, declaredBy, review, followUps, escalations } = incident;
  return [
    ...new Set([
      declaredBy.id,
      ...Object.values(roles).map(({ by }) => by),
      ...escalations.flatMap(({ people }) => people),
      ...lines.flatMap(({ by }) => by ?? []),
      ...[review?.owner, ...followUps.map(({ owner }) => owner)].flatMap((id) => id ?? []),
      ...[...said.matchAll(/(?:<@|&lt;@|user:)([UW][A-Z0-9]{1,20})/g)].map(([, id = '']) => id),
    ]),
  ];
}
