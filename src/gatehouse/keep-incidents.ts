import type { IncidentRoom } from '../core/incident-room.ts';
import type { Absence, Incidents } from '../core/incidents.ts';
import { probeDeadline, sightAll } from '../core/sighting.ts';
import type { Target } from '../core/target.ts';
import type { Setups } from '../incidents/channel/setups.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';
import type { Beside } from '../incidents/keeping/beside.ts';
import { clearingTraces } from '../incidents/keeping/clear-traces.ts';
import { createIncidentKeeper, type IncidentKeeper } from '../incidents/keeping/incident-keeper.ts';
import { wakeDue } from '../incidents/keeping/incident-worker.ts';
import { repairAll } from '../incidents/keeping/repair-all.ts';
import { type ShiftTools, watchShifts } from '../incidents/keeping/shifts.ts';
import type { RunTeller } from '../incidents/keeping/tell-of-runs.ts';
import type { Vacating } from '../incidents/keeping/vacate.ts';
import { watchTimers } from '../incidents/keeping/watch-timers.ts';
import { sampleAll } from '../incidents/watching/sampler.ts';
import { realSleep } from '../runs/sleep.ts';
import { clearTraces } from './clear-traces.ts';
import { createPictures } from './create-pictures.ts';
import { gatherFigures } from './gather-figures.ts';
import type { IncidentPartsOptions } from './incident-parts.ts';
import { markRecovery } from './mark-recovery.ts';
import type { RoomWatch } from './watch-rooms.ts';

type Options = Pick<
  IncidentPartsOptions,
  'config' | 'store' | 'targets' | 'directory' | 'client' | 'clock' | 'random' | 'log'
>;

/** What is kept going. */
export interface KeptIncidents {
  incidents: Incidents;
  life: IncidentLife;
  room: IncidentRoom;
  setups: Setups;
  watch: RoomWatch;
  teller: RunTeller;
  vacate: Vacating;
  evidence: Beside;
  reach: ShiftTools['reach'];
}

/** Wakes incidents when something is due, looks at what they are about, and puts back what is missing. */
export function keepIncidents(options: Options, kept: KeptIncidents): IncidentKeeper {
  const { store, config, log } = options;
  const { incidents, life, room, setups, watch, teller, vacate, evidence, reach } = kept;
  const samples = store.incidentSamples;
  const pictures = createPictures(room, options.clock);
  const looked = new Map<string, number>();
  const shifts = watchShifts({ incidents, life, reach, now: options.clock.now, log });
  const marks = markRecovery({ ...options, incidents, life });
  const traces = tracesOf(options, kept);
  const keeper = createIncidentKeeper({
    beat: async () => {
      if ((await store.presence.beat()) !== null) marks.begin();
    },
    wake: () =>
      wakeDue({
        ...{ incidents, samples, life, log },
        setUp: async ({ id }) => setups.begin(id),
        keepEvidence: ({ id }) => evidence.begin(id),
        clearTraces: ({ id }) => traces.begin(id),
        gather: (incident, now) => gatherFigures({ store, pictures, log }, incident, now),
        absenceSince: (at) => absenceSince(options, at),
      }),
    sample: async () => {
      await shifts();
      await sampleAll({ incidents, samples, life, look: lookAt(options), log, looked });
    },
    watch: watchTimers({ timers: store.lateTimers, to: troublePlaces(config), log }),
    repair: async () => {
      await repairAll({ incidents, life, setups, log });
      await teller.all();
      await watch.all();
      await vacate.all();
    },
    untilDue: incidents.untilDue,
    onChanged: incidents.onChanged,
    log,
    sleep: realSleep,
    random: options.random,
  });
  return {
    ...keeper,
    async stop() {
      await Promise.all([keeper.stop(), marks.stop(), traces.stop()]);
    },
  };
}

/** Where those hear of trouble who run Gatehouse: where incidents are announced, or else where approvals are asked for. */
function troublePlaces({ channels }: Options['config']): string[] {
  const to = channels.incidents ?? channels.approvals;
  return to === null ? [] : [to];
}

/** Takes away what everybody could read, at the pace of the whole app. */
function tracesOf(
  { store, client, log }: Options,
  { incidents, life }: Pick<KeptIncidents, 'incidents' | 'life'>,
): Beside {
  const ended = new AbortController();
  const clear = clearTraces({
    ...{ outbox: store.outbox, api: client.api, take: store.pace.take },
    sleep: (ms) => realSleep(ms, ended.signal),
    ended: () => ended.signal.aborted,
  });
  const clearing = clearingTraces({ incidents, life, log, clear });
  return {
    ...clearing,
    stop() {
      ended.abort();
      return clearing.stop();
    },
  };
}

/** The newest time in which nobody was there, when it lasted until after a deadline; null otherwise. */
async function absenceSince({ store }: Options, at: number): Promise<Absence | null> {
  const found = await store.presence.absences(at);
  return found.findLast(({ from, until }) => from <= at && until >= at) ?? found.at(-1) ?? null;
}

const lookAt =
  ({ targets, clock }: Options) =>
  async (target: Target) =>
    sightAll(await targets.probes(target), clock, probeDeadline);
