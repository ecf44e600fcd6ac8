import { type AskStore, doubt, type OnceOpen } from './ask-store.ts';
import type { Store } from './open-store.ts';

/** Incidents, and what is looked at while they are open. */
export const incidentsThroughDoor = (
  ask: AskStore,
  onceOpen: OnceOpen,
): Pick<
  Store,
  'incidents' | 'incidentSamples' | 'incidentFigures' | 'presence' | 'lateTimers'
> => ({
  incidentFigures: {
    stats: (query) => ask((store) => store.incidentFigures.stats(query)),
    pulse: () => ask((store) => store.incidentFigures.pulse()),
  },
  incidents: {
    next: () => ask((store) => store.incidents.next()),
    declare: (...incident) => ask((store) => store.incidents.declare(...incident), doubt),
    find: (id) => ask((store) => store.incidents.find(id)),
    findByOrigin: (origin) => ask((store) => store.incidents.findByOrigin(origin)),
    inChannel: (channel) => ask((store) => store.incidents.inChannel(channel)),
    transition: (change) => ask((store) => store.incidents.transition(change), doubt),
    list: (query) => ask((store) => store.incidents.list(query)),
    takeDue: (limit, lease) => ask((store) => store.incidents.takeDue(limit, lease)),
    untilDue: () => ask((store) => store.incidents.untilDue()),
    unfinished: () => ask((store) => store.incidents.unfinished()),
    refresh: (id) => ask((store) => store.incidents.refresh(id)),
    onChanged: (listener) => onceOpen((store) => store.incidents.onChanged(listener)),
  },
  incidentSamples: {
    claim: (incident, at) => ask((store) => store.incidentSamples.claim(incident, at)),
    fill: (incident, sample) => ask((store) => store.incidentSamples.fill(incident, sample)),
    since: (incident, since) => ask((store) => store.incidentSamples.since(incident, since)),
  },
  presence: {
    beat: () => ask((store) => store.presence.beat()),
    absences: (since) => ask((store) => store.presence.absences(since)),
  },
  lateTimers: {
    look: () => ask((store) => store.lateTimers.look()),
    late: (lateness, to) => ask((store) => store.lateTimers.late(lateness, to)),
    calm: (to) => ask((store) => store.lateTimers.calm(to)),
    find: (number) => ask((store) => store.lateTimers.find(number)),
  },
});
