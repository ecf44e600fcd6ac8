import { type Incident, type IncidentRole, isOpen } from '../../core/incident.ts';
import { patience } from '../deadlines/people.ts';
import { type Decide, decided, deedOf, refused } from '../decided.ts';
import { inRoom, toPeople } from '../places.ts';

type OfRole<Kind extends string> = { kind: Kind; role: IncidentRole };

const over = ({ id, state }: Incident) => refused({ kind: 'over', id, state });

/** Whoever takes a role has it at once; an offer of it is void. */
export const takeRole: Decide<OfRole<'take-role'>> = (incident, { role }, circumstances) => {
  if (!isOpen(incident.state)) return over(incident);
  const held = incident.roles[role];
  const deed = deedOf(circumstances);
  const declared = held?.at === incident.times.declared;
  if (held?.by === deed.by && !(role === 'commander' && declared)) {
    return refused({ kind: 'already', what: 'yours', by: null, at: held.at });
  }
  const after = heldBy(incident, role, deed);
  return decided(after, 'role-taken', { role, had: held?.by ?? null }, inRoom(after, 1));
};

/** The incident with a role in somebody’s hands. */
export const heldBy = (
  incident: Incident,
  role: IncidentRole,
  deed: { by: string; at: number },
): Incident => ({
  ...incident,
  roles: { ...incident.roles, [role]: deed },
  handovers: incident.handovers.filter((one) => one.role !== role),
});

/** Whoever leaves a role leaves it to nobody: when it is the commander’s, somebody hears of it soon. */
export const leaveRole: Decide<OfRole<'leave-role'>> = (incident, { role }, { now }) => {
  if (!isOpen(incident.state)) return over(incident);
  const { [role]: held, ...roles } = incident.roles;
  if (!held) return refused({ kind: 'already', what: 'nobody’s', by: null, at: null });
  const counted = { ...incident.counted, 'role-unclaimed': { from: now, done: 0 } };
  const handovers = incident.handovers.filter((one) => one.role !== role);
  const after = { ...incident, roles, handovers, ...(role === 'commander' && { counted }) };
  return decided(after, 'role-left', { role, had: held.by }, inRoom(after, 1));
};

/** Offers a role: until it is accepted, whoever has it keeps it. */
export const offerRole: Decide<OfRole<'offer-role'> & { to: string }> = (
  incident,
  { role, to },
  circumstances,
) => {
  if (!isOpen(incident.state)) return over(incident);
  const held = incident.roles[role];
  if (held?.by === to) return refused({ kind: 'already', what: 'theirs', by: null, at: held.at });
  const open = incident.handovers.find((one) => one.role === role && one.to === to);
  if (open) return refused({ kind: 'already', what: 'offered', by: open.from, at: open.at });
  const { now } = circumstances;
  const offer = { role, from: held?.by ?? null, to, at: now };
  const others = incident.handovers.filter((one) => one.role !== role);
  const after = { ...incident, handovers: [...others, offer] };
  const facts = { role, to, had: offer.from };
  return decided(after, 'role-offered', facts, [...toPeople([to], 0), ...inRoom(after, 2)]);
};

const offerTo = (incident: Incident, role: IncidentRole, by: string | undefined) =>
  incident.handovers.find((one) => one.role === role && one.to === by);

/** Whoever was offered a role takes it over. */
export const acceptRole: Decide<OfRole<'accept-role'>> = (incident, { role }, circumstances) => {
  if (!isOpen(incident.state)) return over(incident);
  const deed = deedOf(circumstances);
  const offer = offerTo(incident, role, deed.by);
  if (!offer) return notOffered(incident, role, deed.by);
  if (offer.at + patience.handover <= circumstances.now) {
    return refused({ kind: 'not-now', why: 'That offer has ended. Ask for the role again.' });
  }
  const after = heldBy(incident, role, deed);
  const told = [...inRoom(after, 1), ...toPeople(offer.from === null ? [] : [offer.from], 1)];
  return decided(after, 'role-accepted', { role, had: offer.from }, told);
};

/** Whoever was offered a role does not take it; whoever has it keeps it. */
export const refuseRole: Decide<OfRole<'refuse-role'> & { reason: string | null }> = (
  incident,
  { role, reason },
  circumstances,
) => {
  if (!isOpen(incident.state)) return over(incident);
  const { by } = deedOf(circumstances);
  const offer = offerTo(incident, role, by);
  if (!offer) return notOffered(incident, role, by);
  const after = { ...incident, handovers: incident.handovers.filter((one) => one !== offer) };
  const told = [...toPeople(offer.from === null ? [] : [offer.from], 0), ...inRoom(after, 2)];
  return decided(after, 'role-refused', { role, reason, had: offer.from }, told);
};

function notOffered(incident: Incident, role: IncidentRole, by: string) {
  const held = incident.roles[role];
  if (held?.by === by) return refused({ kind: 'already', what: 'yours', by: null, at: held.at });
  const open = incident.handovers.find((one) => one.role === role);
  if (open) return refused({ kind: 'not-yours', what: `the offer to be ${role}`, whose: open.to });
  return refused({ kind: 'not-now', why: `The offer to be ${role} does not stand any more.` });
}
