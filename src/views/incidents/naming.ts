import type { Incident } from '../../core/incident.ts';
import type { IncidentReport } from '../../core/incident-report.ts';
import { type NameOf, plainWords } from '../text/plain-words.ts';
import { roleWords } from './incident-words.ts';

/** How people are called in a review: by name, or by what they were in it, so that nobody is blamed. */
export type Naming = 'names' | 'roles';

/** Makes text of a report plain: everybody in it is called in one way. */
export type Plainly = (text: string) => string;

/** How the texts of a report are read. */
export function plainlyIn(report: IncidentReport, naming: Naming): Plainly {
  if (naming === 'names') {
    return (text) => plainWords(text, (id) => report.names.get(id) ?? id);
  }
  const roleOf = rolesIn(report);
  return (text) => withoutNames(plainWords(text, roleOf), report.names, roleOf);
}

/** What everybody was in the incident; whoever had no part in it is numbered. */
function rolesIn({ incident }: IncidentReport): NameOf {
  const known = new Map(partsIn(incident).toReversed());
  let others = 0;
  return (id) => {
    const role = known.get(id) ?? `colleague ${++others}`;
    known.set(id, role);
    return role;
  };
}

/** The first that somebody was counts. */
const partsIn = ({
  roles,
  escalations,
  acknowledged,
  declaredBy,
}: Incident): [string, string][] => [
  ...Object.entries(roles).map(([role, { by }]): [string, string] => [
    by,
    roleWords[role as keyof typeof roleWords],
  ]),
  ...escalations.flatMap(({ people, contact }) =>
    people.map((id): [string, string] => [id, `the contact “${contact}”`]),
  ),
  ...(acknowledged ? [[acknowledged.by, 'whoever acknowledged it'] as [string, string]] : []),
  [declaredBy.id, 'whoever declared it'],
];

/** Names that people have typed, as far as they are the names that Slack knows. */
function withoutNames(text: string, names: ReadonlyMap<string, string>, roleOf: NameOf): string {
  let said = text;
  for (const [id, name] of names) {
    if (name.length < 3 || !said.toLowerCase().includes(name.toLowerCase())) continue;
    const literal = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    said = said.replace(
      new RegExp(`(?<![\\p{L}\\p{N}])@?${literal}(?![\\p{L}\\p{N}])`, 'giu'),
      roleOf(id),
    );
  }
  return said;
}
