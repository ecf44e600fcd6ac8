import type { Incident } from '../../core/incident.ts';
import type { Contact } from '../../core/incident-rules.ts';
import type { Json } from '../../core/json.ts';

/**
 * Whom a record calls that its messages have not reached: the contacts it names, when nobody was found under
 * the name or one of them has not got it; and those by whose name somebody is known who has not got it.
 */
export function contactsCalled(
  { rules, escalations }: Pick<Incident, 'rules' | 'escalations'>,
  facts: Readonly<Record<string, Json>>,
  places: readonly string[],
): Contact[] {
  const isMissing = (person: string) => places.includes(`user:${person}`);
  const calls = callsIn(facts.calls);
  const called = calls
    .filter(({ people }) => people.length === 0 || people.some(isMissing))
    .map(({ contact }) => contact);
  const told = new Set(calls.flatMap(({ people }) => people));
  const others = places.filter((to) => to.startsWith('user:') && !told.has(to.slice(5)));
  const knows = ({ name, who }: Contact, to: string): boolean =>
    who.includes(to) ||
    escalations.some(({ contact, people }) => contact === name && people.includes(to.slice(5)));
  const first = others.flatMap((to) => rules.contacts.find((one) => knows(one, to))?.name ?? []);
  const names = new Set([...called, ...first]);
  return rules.contacts.filter(({ name }) => names.has(name));
}

interface Call {
  contact: string;
  people: readonly string[];
}

/** The calls that a record is about, as `call` writes them down. */
function callsIn(calls: Json | undefined): Call[] {
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((one: Json) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return [];
    const { contact, people } = one as Readonly<Record<string, Json>>;
    if (typeof contact !== 'string' || !Array.isArray(people)) return [];
    return [{ contact, people: people.filter((id) => typeof id === 'string') }];
  });
}
