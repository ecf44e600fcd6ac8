import type { Incident } from '../core/incident.ts';

/** The incident as one that has left a channel, which it may have done before. */
export function leaving(incident: Incident, channel: string): Incident {
  const { leftRooms = [] } = incident;
  return leftRooms.includes(channel)
    ? incident
    : { ...incident, leftRooms: [...leftRooms, channel] };
}

/**
 * The incident with everything to be taken away, from now on, that everybody could read before it was about
 * security: in the channels that it has left, and where it was announced or, for want of a channel, told.
 */
export function wantingTraces(incident: Incident, now: number): Incident {
  const { leftRooms = [], leftCards = {}, rules, declaredIn, version } = incident;
  const withCards = Object.keys(leftCards).map((key) => key.split(':')[0] ?? '');
  const rooms = [...new Set([...leftRooms, ...withCards])];
  const places = [rules.channels.announce, declaredIn].filter(
    (one): one is string => one?.startsWith('C') === true && !rooms.includes(one),
  );
  const traces = {
    ...{ wantedBy: version + 1, rooms, places: [...new Set(places)] },
    ...{ from: now, at: now, tries: 0, emptied: 0, state: 'wanted' as const },
  };
  return { ...incident, traces };
}

/**
 * The incident as one that has also left a public channel which was still being made when it was said to be about
 * security: its name says what it was about. Null where that is known, or where nothing was public before.
 */
export function leavingUnused(incident: Incident, channel: string, now: number): Incident | null {
  const { traces, leftRooms = [] } = incident;
  if (traces === undefined || leftRooms.includes(channel)) return null;
  const rooms = [...traces.rooms, channel];
  // Whoever is looking at this moment does not look there.
  const anew = { ...traces, rooms, from: now, at: now, tries: traces.tries + 1 };
  return { ...leaving(incident, channel), traces: { ...anew, state: 'wanted' } };
}
