import { type Incident, wakeAt } from '../../src/core/incident.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { IncidentHouse } from './incident-house.ts';
import { memoryStore } from './memory-store.ts';
import { type SteppedClock, steppedClock } from './stepped-clock.ts';

/** The time of a house with incidents, in which hours pass by hand and everything is done at its moment. */
export interface IncidentTime {
  clock: SteppedClock;
  store: ReturnType<typeof memoryStore>;
  /** The same store for Gatehouse, of which somebody is always there, as far as it can see. */
  openStore(): Promise<Store>;
  /** Lets the time pass for an incident, from one of its deadlines to the next; answers what became of it. */
  upTo(house: Pick<IncidentHouse, 'incident'>, id: string, moment: number): Promise<Incident>;
}

/** Half a minute late is late for an update: however slow the machine is, nothing becomes as late as that by it. */
const most = 15_000;

/** Makes it; the clock is the machine's own until the time passes. */
export function incidentTime(): IncidentTime {
  const clock = steppedClock(most);
  const store = memoryStore({}, clock);
  /** They look at once for what is due: Gatehouse cannot know that the clock was moved. */
  const looks: (() => void)[] = [];
  const incidents = {
    ...store.incidents,
    onChanged(listener: () => void) {
      looks.push(listener);
      store.incidents.onChanged(listener);
    },
  };
  const presence = { beat: async () => null, absences: async () => [] };
  const isDone = ({ deadlines }: Incident) => deadlines.every(({ at }) => at > clock.now());
  return {
    clock,
    store,
    openStore: async () => ({ ...store, presence, incidents }),
    async upTo(house, id, moment) {
      for (;;) {
        const next = Math.min(moment, wakeAt(await house.incident(id)) ?? moment);
        clock.stepTo(next);
        for (const look of looks) look();
        const done = await house.incident(id, isDone);
        clock.free(); // what is tried again after a while is
        if (next === moment) return done;
      }
    },
  };
}
