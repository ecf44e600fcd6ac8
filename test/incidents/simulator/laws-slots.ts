import { isOpen } from '../../../src/core/incident.ts';
import { firstAfter, isPaced, type Law, minute, paceOf, slotsBetween } from './line.ts';

/** How late an update may be to count as in time. */
const tolerance = 30_000;

/** Every slot is posted once, or merged into a message that says so; the counters agree with the messages. */
export const slotsAreKept: Law = (line, must, known) => {
  const { event } = line;
  const law = posts.includes(event)
    ? updateIsCounted
    : regrids.includes(event)
      ? paceIsKept
      : nothingMoves;
  law(line, must, known);
};

const posts = ['incident.updated', 'incident.unchanged'];

const updateIsCounted: Law = ({ before, after, facts, at, doing }, must) => {
  const [old, now] = [before.updates, after.updates];
  must(isOpen(before.state) && before.state !== 'triage', 'an update after the end');
  const passed = slotsBetween(before, at);
  if (facts.automatic) must(passed.length > 0, 'an update by itself before its slot');
  const merged = Math.max(0, passed.length - 1);
  must(facts.merged === merged, `${merged} slots are merged, and it says ${facts.merged}`);
  must(now.merged === old.merged + merged, 'merged slots are not counted');
  must(now.posted === old.posted + 1, 'an update is not counted once');
  const isLate = old.next !== null && at - old.next > tolerance;
  must(now.late === old.late + Number(isLate), 'late updates are counted wrongly');
  must(now.onTime === old.onTime + Number(!isLate), 'updates in time are counted wrongly');
  const { every } = old;
  const said = doing?.command;
  const asked = said?.kind === 'update' ? said.nextIn : null;
  if (every === null && asked === null) return;
  if (facts.automatic) {
    const next = firstAfter(before, old.next ?? 0, every ?? 1, at);
    must(now.next === next, 'the next slot is off the grid');
  } else {
    const next =
      asked === null ? firstAfter(before, at + (every ?? 0), every ?? 1, at) : at + asked;
    must(now.next === next, 'the next update is not when it was promised');
  }
};

/** Whatever else happens leaves the promise as it is, but for the end. */
const nothingMoves: Law = ({ before, after, event }, must) => {
  const [old, now] = [before.updates, after.updates];
  must(now.posted === old.posted && now.late === old.late, 'an update is counted that is none');
  must(now.merged === old.merged, `${event} merges updates`);
  const isKept = now.next === old.next && now.every === old.every;
  must(isKept || (now.next === null && !isOpen(after.state)), `${event} changes when updates come`);
};

/** Another pace loses no slot in silence, and puts no promise off. */
const paceIsKept: Law = (line, must, known) => {
  const { before, after, event, facts, at } = line;
  const [old, now] = [before.updates, after.updates];
  if (now.next === old.next && now.every === old.every) return;
  const passed = slotsBetween(before, at);
  const lost = passed.filter((slot) => at - slot > tolerance).length;
  must(now.merged === old.merged + lost, `${event} loses ${lost} slots`);
  const isDue = now.every === null || now.next === at;
  must(lost === 0 || (facts.missed === lost && isDue), `${event} says nothing of slots`);
  if (now.next === null) return must(now.every === null, `${event} promises nothing any more`);
  must(passed.length === 0 || now.next <= at, `${event} leaves out what was due just now`);
  nextIsSoon(line, must, known);
};

const nextIsSoon: Law = ({ before, after, event, at }, must) => {
  const { every, next } = after.updates;
  if (next === null || every === null) return;
  if (event !== 'incident.cadence-set') {
    must(every === paceOf(after), `${event} leaves the wrong pace`);
    const promised = before.updates.next ?? Number.POSITIVE_INFINITY;
    must(next <= Math.max(at, promised), `${event} puts a promised update off`);
  }
  const latest = firstAfter(after, at + every, every, at) + every;
  must(next <= latest, `${event} promises nothing for too long`);
};

const regrids = ['severity-set', 'security-set', 'cadence-set', 'reopened'].map(
  (what) => `incident.${what}`,
);

/** As long as it is open, an update is promised. */
export const updatesArePromised: Law = ({ after }, must) => {
  if (isPaced(after)) must(after.updates.next !== null, 'no update is promised any more');
};

/** Reminders of one promise: each once, in their order, none before its time, and at most seven. */
export const remindersEnd: Law = ({ before, after, event, facts, at }, must) => {
  if (event !== 'incident.update-overdue') return;
  const [old, now] = [before.counted.overdue, after.counted.overdue];
  must(old !== undefined && now !== undefined && now.from === old.from, 'reminds of no promise');
  must((now?.done ?? 0) > (old?.done ?? 0), 'reminds of the same step twice');
  must((now?.done ?? 0) <= 7, 'reminds for ever');
  must(at >= facts.promised + 5 * minute, 'reminds before anything is overdue');
  must(isOpen(before.state), 'reminds of an update after the end');
};
