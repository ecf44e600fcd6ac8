import { type Incident, isOpen } from '../../../src/core/incident.ts';
import { patience, rungsOf } from './laws-calls.ts';
import { isGrave, isPaced, type Known, type Must, minute } from './line.ts';

/** How long something may take that is due, in milliseconds, while nothing goes wrong. */
const grace = 8_000;
/** By when deleted deadlines are put back: the auditor looks once a minute, here a little later. */
const auditing = 100_000;

/** What a calm is judged by. */
export interface Calm {
  now: number;
  /** Nothing has gone wrong since then. */
  begun: number;
  /** Who can do nothing any more, and since when. */
  gone: ReadonlyMap<string, number>;
}

/** Nothing is silent: what is promised has happened by now, while nothing has gone wrong for a while. */
export function nothingIsSilent(known: Known, { now, begun, gone }: Calm, must: Must): void {
  const { incident, deletedAt, repairedAt } = known;
  if (deletedAt !== null && now - deletedAt < auditing) return;
  if (now - repairedAt < grace) return;
  const late = (at: number, after: number): boolean => now - Math.max(at, begun) > after + grace;
  if (!isOpen(incident.state)) return;
  const { next } = incident.updates;
  for (const [id, since] of gone) {
    must(!late(since, auditing) || !hasPart(incident, id), 'somebody who has left keeps a part');
  }
  if (isPaced(incident)) must(next === null || !late(next, 0), 'an update does not come');
  for (const check of [ladders, people, overdue, channel, watch, evidence])
    check(known, now, late, must);
}

/** Whether somebody would be waited for in an open incident. */
export const hasPart = ({ roles, acknowledged, handovers, state }: Incident, id: string): boolean =>
  isOpen(state) &&
  [...Object.values(roles), acknowledged, ...handovers.map(({ to }) => ({ by: to }))].some(
    (one) => one?.by === id,
  );

/** Within a minute there is a run that keeps evidence, or it is said why not. */
const evidence: Check = ({ incident, lines }, _now, late, must) => {
  const { evidence: wanted, security, target } = incident;
  if (!security || target === null || wanted?.state !== 'wanted') return;
  const since = lines.find(({ after }) => after.evidence?.wantedBy === wanted.wantedBy);
  must(!late(since?.at ?? 0, minute), 'nobody asks for evidence');
};

type Late = (at: number, after: number) => boolean;
type Check = (known: Known, now: number, late: Late, must: Must) => void;

/** Every rung that was reached has been called. */
const ladders: Check = ({ incident }, now, late, must) => {
  const { state, acknowledged, counted, times } = incident;
  for (const ladder of ['acknowledge', 'unresolved'] as const) {
    if (ladder === 'acknowledge' && acknowledged !== null) continue;
    if (ladder === 'unresolved' && state === 'monitoring') continue;
    const from = counted[ladder]?.from ?? times.declared;
    const reached = rungsOf(incident, ladder).filter(({ after }) => from + after + grace < now);
    const last = reached.at(-1);
    if (!last || !late(from, last.after)) continue;
    const done = counted[ladder]?.done ?? 0;
    const called = incident.escalations.some((one) => one.cause === ladder && one.at >= from);
    must(done >= reached.length, `${ladder} is late`);
    must(called, `${last.contact} is not called, though ${ladder} is late`);
  }
};

const leaving = ['incident.role-left', 'incident.person-left'];

/** Nobody is asked for ever, and nobody is left without a lead in silence. */
const people: Check = (known, _now, late, must) => {
  const { incident, lines } = known;
  for (const { at } of incident.handovers) must(!late(at, patience.offer), 'an offer never ends');
  for (const one of incident.escalations) {
    const waits = one.answer === null && one.cause !== 'acknowledge';
    must(!waits || !late(one.at, patience.call), 'whoever does not answer is waited for');
  }
  const left = () =>
    lines.findLast(
      ({ event, before, after }) =>
        leaving.includes(event) && before?.roles.commander && !after.roles.commander,
    );
  const said = (what: string, since: number) =>
    lines.some(({ event, at }) => event === `incident.${what}` && at >= since);
  const since = incident.roles.commander === undefined ? left()?.at : undefined;
  if (since !== undefined && late(since, 5 * minute)) {
    must(said('role-unclaimed', since), 'nobody leads, and nobody hears of it');
  }
  if (incident.provisional && late(incident.times.declared, 10 * minute)) {
    must(said('severity-asked', 0), 'nobody is asked for the severity');
  }
  stillThere(incident, late, must);
};

/** Whoever acknowledged and gives no sign of life is asked, and is not relied upon for ever. */
function stillThere(incident: Incident, late: Late, must: Must): void {
  const { acknowledged, lastActivity, counted, rules, severity, security } = incident;
  const after = rules.clock[security ? 1 : severity].acknowledgedFor;
  if (acknowledged === null || after === null) return;
  const since = Math.max(acknowledged.at, lastActivity, counted['still-on-it']?.from ?? 0);
  must(!late(since, after), 'nobody asks whether they are still on it');
}

/** Somebody hears of it when no person says anything. */
const overdue: Check = ({ incident }, _now, late, must) => {
  const { overdue: count } = incident.counted;
  const { every } = incident.updates;
  if (!isPaced(incident) || !isGrave(incident) || !count || every === null) return;
  const reached = (n: number) => late(Math.max(count.from + n * minute, count.until ?? 0), 0);
  const steps = [5, 10, 20].filter(reached).length;
  must(count.done >= steps, `${incident.id} is overdue, and nobody hears of it`);
};

/** There is a channel, or everybody was told that there is none. */
const channel: Check = ({ incident, lines }, _now, late, must) => {
  if (incident.channel !== null || incident.setup.channel.kind !== 'open') return;
  const since = lines.findLast(
    ({ event, after }) => event === 'incident.declared' || after.channel === null,
  );
  must(!late(since?.at ?? 0, 2 * minute), 'there is no channel');
};

/** Checks that are red again within an hour put it back to mitigating: a red one from before a long absence says nothing. */
const watch: Check = ({ incident, looks }, _now, late, must) => {
  if (incident.state !== 'monitoring' || incident.watch === null) return;
  const { from } = incident.watch;
  const newest = Math.max(...looks.map(({ at }) => at));
  const last = looks.filter(({ at }) => at >= Math.max(from, newest - 60 * minute)).slice(-5);
  const red = last.filter(({ health }) => health === 'down' || health === 'degraded');
  must(red.length < 2 || !late(red[1]?.at ?? 0, 2 * minute), 'red again, and nobody hears of it');
};
