import { usualContacts } from '../core/default-incident-rules.ts';
import type { ConfigFile } from './file-schema.ts';
import type { IncidentsPart } from './incidents-schema.ts';
import type { RuleBreak } from './rule-break.ts';
import { unknownAmong } from './unknown-among.ts';

type Path = RuleBreak['path'];
type Named = { path: Path; name: string };

/** Whatever the incidents name that there is not: a ladder must not lead to nobody at three in the morning. */
export function brokenIncidents(file: ConfigFile): RuleBreak[] {
  const { incidents } = file;
  const common = [...usualContacts.map(({ name }) => name), ...Object.keys(incidents.contacts)];
  const services = Object.entries(incidents.services);
  return [
    ...brokenPart(file, incidents, ['incidents'], common),
    ...services.flatMap(([service, part]) => {
      const known = [...common, ...Object.keys(part.contacts)];
      return brokenPart(file, part, ['incidents', 'services', service], known);
    }),
    ...unknownAmong(
      'service',
      Object.keys(file.services),
      services.map(([name]) => ({ path: ['incidents', 'services', name], name })),
    ),
    ...unknownAmong('role', Object.keys(file.roles), rolesNamed(file)),
  ];
}

function brokenPart(
  file: ConfigFile,
  part: IncidentsPart,
  path: Path,
  known: readonly string[],
): RuleBreak[] {
  const members = membersNamed(part, path);
  const of = (kind: string): Named[] =>
    members
      .filter(({ name }) => name.startsWith(`${kind}:`))
      .map(({ path: at, name }) => ({ path: at, name: name.slice(kind.length + 1) }));
  return [
    ...unknownAmong('contact', [...new Set(known)], contactsNamed(part, path)),
    ...unknownAmong('on-call list', Object.keys(file.oncall), of('oncall')),
    ...unknownAmong('role', Object.keys(file.roles), of('role')),
    ...cadenceOutOfBounds(part, path),
  ];
}

const membersNamed = ({ contacts }: IncidentsPart, path: Path): Named[] =>
  Object.entries(contacts).flatMap(([contact, { who }]) =>
    who.map((name, index) => ({ path: [...path, 'contacts', contact, 'who', index], name })),
  );

/** Every contact that a ladder calls. */
function contactsNamed({ clocks, security }: IncidentsPart, path: Path): Named[] {
  const all = [
    ...Object.entries(clocks).map(([severity, clock]) => ({
      ladders: clock ?? {},
      at: ['clocks', severity],
    })),
    { ladders: security, at: ['security'] },
  ];
  return all.flatMap(({ ladders, at }) =>
    (['unacknowledged', 'unresolved'] as const).flatMap((ladder) =>
      (ladders[ladder] ?? []).map(({ call }, index) => ({
        path: [...path, ...at, ladder, index, 'call'],
        name: call,
      })),
    ),
  );
}

function rolesNamed({ incidents: { roles } }: ConfigFile): Named[] {
  return (['responders', 'managers', 'security'] as const).flatMap((key) =>
    (roles[key] ?? []).map((name, index) => ({ path: ['incidents', 'roles', key, index], name })),
  );
}

/** A pace that nobody could set again by hand. */
function cadenceOutOfBounds({ clocks, cadence }: IncidentsPart, path: Path): RuleBreak[] {
  if (!cadence) return [];
  return Object.entries(clocks).flatMap(([severity, clock]) => {
    const every = clock?.update_every ?? null;
    if (every === null || (every >= cadence.least && every <= cadence.most)) return [];
    const says = 'is not between the least and the most of cadence; expected a time within them';
    return [{ path: [...path, 'clocks', severity, 'update_every'], says }];
  });
}
