import { type Incident, isOpen } from '../../../src/core/incident.ts';
import { everybody } from './doing.ts';
import { patience } from './laws-calls.ts';
import type { Law, Line } from './line.ts';
import { isGrave, minute } from './line.ts';

const holds = (by: string | undefined, role: string): boolean =>
  (everybody[by ?? ''] ?? []).includes(role);

/** States move along the table. */
export const statesMove: Law = ({ before, after, event }, must) => {
  const [from, to] = [before.state, after.state];
  if (from === to) return;
  const may = moves[event]?.(from, to) ?? false;
  must(may, `${event} went from ${from} to ${to}`);
};

const moves: Record<string, (from: Incident['state'], to: Incident['state']) => boolean> = {
  'incident.moved': (from, to) => isOpen(from) && isOpen(to) && to !== 'triage',
  'incident.updated': (from, to) => isOpen(from) && isOpen(to) && to !== 'triage',
  'incident.red-again': (from, to) => from === 'monitoring' && to === 'mitigating',
  'incident.resolved': (from, to) => isOpen(from) && from !== 'triage' && to === 'resolved',
  'incident.cancelled': (from, to) =>
    ['triage', 'investigating'].includes(from) && to === 'cancelled',
  'incident.reopened': (from, to) => from === 'resolved' && to === 'investigating',
  'incident.review-published': (from, to) => from === 'resolved' && to === 'closed',
  'incident.review-waived': (from, to) => from === 'resolved' && to === 'closed',
};

/** Who looks after it changes as it should, and whoever was first stays the first. */
export const acknowledgedOnce: Law = ({ before, after, event, facts }, must) => {
  const [old, now] = [before.acknowledged, after.acknowledged];
  if (event === 'incident.acknowledged') {
    must(old === null && isOpen(before.state), 'acknowledged what was acknowledged or over');
    must(now !== null, 'acknowledged and nobody has');
  } else if (event === 'incident.escalation-answered' && old === null && now !== null) {
    must(
      facts.acknowledges === true && facts.answer === 'on-it',
      'whoever cannot come acknowledges',
    );
  } else if (now?.at !== old?.at || now?.by !== old?.by) {
    const ends = ['unacknowledged', 'acknowledgement-expired', 'reopened', 'person-left'];
    must(now === null && ends.some((one) => event === `incident.${one}`), `${event} acknowledges`);
  }
  if (before.firstAcknowledged) {
    const same = after.firstAcknowledged?.at === before.firstAcknowledged.at;
    must(same, 'the first acknowledgement is forgotten');
  }
};

/** The lead changes hands only by taking it, accepting it, or acknowledging what nobody leads. */
export const oneCommander: Law = (line, must, { lines }) => {
  const { before, after, event, facts, actor, doing } = line;
  const [old, now] = [before.roles.commander?.by, after.roles.commander?.by];
  if (old === now) return;
  const by = doing?.by?.id;
  must(isOpen(before.state), 'the lead changes after the end');
  if (event === 'incident.person-left') return must(old === facts.who, 'somebody else has left');
  must(now === undefined || now === by, `${event} makes somebody lead who did not say so`);
  if (event === 'incident.role-accepted') {
    const offer = before.handovers.find((one) => one.role === 'commander' && one.to === by);
    const at = lines.at(-1)?.at ?? 0;
    must(offer !== undefined, 'accepted what was not offered');
    must(
      offer === undefined || at - offer.at < patience.offer,
      'accepted after the offer has ended',
    );
  } else if (event === 'incident.acknowledged') {
    must(old === undefined, 'acknowledging took the lead from somebody');
  } else {
    must(['incident.role-taken', 'incident.role-left'].includes(event), `${event} by ${actor}`);
    must(mayTake(before, by), 'took the lead of somebody else without asking');
  }
};

function mayTake({ roles, declaredBy, times }: Incident, by: string | undefined): boolean {
  const held = roles.commander;
  const byDeclaring = held?.by === declaredBy.id && held.at === times.declared;
  return held === undefined || byDeclaring || held.by === by || holds(by, 'manager');
}

/** Only who may does what not everybody may. */
export const rightsHold: Law = ({ before, event, doing }, must) => {
  const by = doing?.by?.id;
  const command = doing?.command;
  const leads = before.roles.commander?.by === by || holds(by, 'manager');
  if (event === 'incident.resolved' && isGrave(before)) must(leads, 'resolved by anybody');
  if (event === 'incident.cancelled') must(leads, 'cancelled by anybody');
  if (command?.kind === 'set-severity' && command.to > before.severity) {
    must(leads, 'severity lowered by anybody');
    must(command.reason !== null, 'severity lowered without a reason');
  }
  if (command?.kind === 'set-security' && !command.on) {
    must(holds(by, 'security'), 'said to be no matter of security by anybody');
  }
  if (event === 'incident.cadence-set') {
    must(leads || before.roles.communications?.by === by, 'pace changed by anybody');
  }
};

const meaningful = ['move', 'set-severity', 'set-security', 'resolve', 'reopen', 'cancel'];

/** A button on an old card does nothing once the state is another one. */
export const staleDoesNothing: Law = ({ doing }, must, { lines }) => {
  if (doing?.seen === undefined || !meaningful.includes(doing.command?.kind ?? '')) return;
  const moved = lines.slice(0, -1).findLast(isMove);
  must((moved?.after.version ?? 1) <= doing.seen, 'did what an old card said');
};

const isMove = ({ before, after }: Line): boolean => before?.state !== after.state;

/** The watch passes only where what was seen was good, and a grave one ends by it or with a reason. */
export const watchIsSeen: Law = ({ before, event, at, facts }, must, { looks }) => {
  if (event === 'incident.watch-passed' && before.target !== null) {
    const from = before.watch?.from ?? at;
    const during = looks.filter((one) => one.at >= from - minute);
    const good = during.filter(({ health }) => health === 'up').length;
    must(good >= Math.floor((at - from) / minute) * 0.5, 'the watch passed unseen');
    must((during.at(-1)?.at ?? 0) >= at - 4 * minute, 'the watch passed when nobody looked');
    must(during.at(-1)?.health === 'up', 'the watch passed while it was not good');
  }
  if (event === 'incident.resolved' && isGrave(before) && before.watch?.state !== 'passed') {
    must(facts.withoutWatch !== null, 'resolved without the watch and without a reason');
  }
};
