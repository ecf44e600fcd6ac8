import type { Incident } from '../../core/incident.ts';
import type { Sample } from '../../core/incidents.ts';
import { decided } from '../decided.ts';
import { inRoom, toPeople } from '../places.ts';
import { isGood, isRed } from '../watching/watched.ts';
import type { WhenDue } from './due.ts';

const minute = 60_000;
/** When too little was seen, it is watched for as long again as it was, within these bounds, in milliseconds. */
const longer = { least: minute, most: 5 * minute };

/**
 * The watch has ended: when the checks were good, it can be resolved. What was not seen is not called good:
 * then it goes on for a while, and says so. Where there is nothing to check, time alone counts.
 */
export const dueWatch: WhenDue = (incident, { samples = [] }, { now }) => {
  const { watch } = incident;
  if (!watch) throw new Error(`${incident.id} has no watch that could end`);
  const good = samples.filter(isGood).length;
  const facts = {
    from: watch.from,
    good,
    seen: samples.length,
    unchecked: incident.target === null,
  };
  if (incident.target !== null && !isSeen(watch.from, now, samples)) {
    const again = Math.min(longer.most, Math.max(longer.least, watch.until - watch.from));
    const until = now + again;
    const after = { ...incident, watch: { ...watch, until } };
    return decided(after, 'watched-longer', { ...facts, until, unseen: true }, inRoom(after, 2));
  }
  const after = { ...incident, watch: { ...watch, state: 'passed' as const } };
  return decided(after, 'watch-passed', facts, [...inRoom(after, 1), ...leaderOf(incident)]);
};

const leaderOf = ({ roles }: Incident) =>
  toPeople(roles.commander === undefined ? [] : [roles.commander.by], 1);

/**
 * Enough was seen: most minutes of the watch, the last of them good, and nothing red at its end. What was seen in
 * the minute in which the watch began may have been seen before it, so that it says nothing.
 */
function isSeen(from: number, now: number, samples: readonly Sample[]): boolean {
  const during = samples.filter(({ at }) => at >= from && at <= now);
  const minutes = Math.max(1, Math.floor((now - from) / minute));
  const last = during.slice(-5);
  return (
    during.filter(isGood).length >= minutes * 0.6 &&
    last.filter(isRed).length === 0 &&
    (last.at(-1)?.at ?? 0) >= now - 3 * minute
  );
}
