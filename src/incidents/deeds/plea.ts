import type { Incident } from '../../core/incident.ts';
import { type Wanted, wantedFor } from '../../permissions/incident-pleas.ts';
import { type Decide, decided, deedOf, refused } from '../decided.ts';
import type { Reach } from '../decision.ts';
import { inRoom, toPeople } from '../places.ts';

/** For so long nobody is asked the same by the same person again, in milliseconds, and so often for anything. */
const lately = { for: 3_600_000, most: 5 };
/** Nobody wants a whole department to be written to. */
const mostPeople = 5;

/** Tells those who could do something that somebody would like it done, once an hour; nothing else comes of it. */
export const plea: Decide<{ kind: 'plea'; wish: string }> = (incident, { wish }, circumstances) => {
  const { id, state } = incident;
  if (state === 'closed' || state === 'cancelled') return refused({ kind: 'over', id, state });
  const { by, at } = deedOf(circumstances);
  const wanted = wantedFor(incident, wish, { id: by, holds: circumstances.holds });
  if (wanted === null) {
    return refused({ kind: 'not-now', why: 'You may do that yourself, so nobody was asked.' });
  }
  const pleas = Object.fromEntries(
    Object.entries(incident.pleas ?? {}).filter(([, then]) => at - then < lately.for),
  );
  const key = `${by} ${wish}`;
  const own = Object.keys(pleas).filter((one) => one.startsWith(`${by} `));
  if (pleas[key] !== undefined || own.length >= lately.most) {
    return refused({ kind: 'already', what: 'asked for', by: null, at: pleas[key] ?? null });
  }
  const people = whoCould(incident, wanted, circumstances.reach).filter((one) => one !== by);
  const asked = people.slice(0, mostPeople);
  const after = { ...incident, pleas: { ...pleas, [key]: at } };
  const { what, roles = [], holders = [] } = wanted;
  const facts = { by, wish, what, roles: [...roles], holders: [...holders], people: asked };
  return decided(after, 'plea', facts, asked.length > 0 ? toPeople(asked, 1) : inRoom(after, 1));
};

/** Whoever has one of the roles, is named, or can be reached as one of those who hold it. */
function whoCould(incident: Incident, wanted: Wanted, reach: Reach): string[] {
  const { roles = [], holders = [], people = [] } = wanted;
  const contacts = incident.rules.contacts.filter(({ who }) =>
    holders.some((holder) => who.includes(`role:${holder}`)),
  );
  const all = [
    ...people,
    ...roles.map((role) => incident.roles[role]?.by),
    ...contacts.flatMap(({ name }) => reach[name]?.people ?? []),
  ];
  return [...new Set(all.filter((one) => one !== undefined))];
}
