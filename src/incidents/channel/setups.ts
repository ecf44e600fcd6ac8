import { messageOf } from '../../core/errors.ts';
import { type Incident, type SetupStep, setupSteps } from '../../core/incident.ts';
import type { Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import { isPossible } from './possible-step.ts';
import { type SettingUp, setUp } from './set-up.ts';

/** The channels that are being made by this process. */
export interface Setups {
  /** Goes on with the channel of an incident, and again when that is being done; nobody waits for Slack here. */
  begin(incident: string, ready?: readonly SetupStep[]): void;
  /**
   * Comes by once a minute: what rests is tried again, and where somebody has to change something first with
   * pauses that grow to eight minutes.
   */
  comeBy(incident: Incident): void;
  /** Begins nothing more, and resolves once everything that was begun has come to an end. */
  stop(): Promise<void>;
}

/** What it takes to make them. */
export interface SetupsTools extends SettingUp {
  incidents: Pick<Incidents, 'find'>;
  log: Log;
}

/** Nothing is being made yet. One incident is worked on once at a time, and a slow Slack holds up no other. */
export function createSetups(tools: SetupsTools): Setups {
  const going = new Map<string, Promise<void>>();
  const wanted = new Map<string, readonly SetupStep[]>();
  let stopped = false;
  const work = async (id: string, ready: readonly SetupStep[]) => {
    const seen = await tools.incidents.find(id);
    if (seen) await setUp({ ...tools, ended: () => stopped }, seen.incident, seen.now, ready);
  };
  const begin = (id: string, ready: readonly SetupStep[] = []) => {
    if (stopped) return;
    if (going.has(id)) {
      if (ready.length > 0) wanted.set(id, ready); // what is due by its time is found again without this
      return;
    }
    const ends = work(id, ready)
      .catch((error: unknown) => {
        const fields = { incident: id, why: messageOf(error) };
        tools.log.warn(fields, 'The channel of an incident is not finished; it is tried again');
      })
      .then(() => {
        going.delete(id);
        const next = wanted.get(id);
        wanted.delete(id);
        if (next) begin(id, next);
      });
    going.set(id, ends);
  };
  return {
    begin,
    comeBy: whenItsTurn(begin),
    stop: async () => {
      stopped = true;
      await Promise.all(going.values());
    },
  };
}

/** So many times is counted for as many incidents; with more of them it begins anew. */
const mostCounted = 2_000;
/** The longest pause, in times that somebody comes by. */
const longest = 8;

/** The first time, the second, the fourth and from then on each eighth. */
const isTurn = (time: number): boolean =>
  time < longest ? Number.isInteger(Math.log2(time)) : time % longest === 0;

/** Counts how often somebody came by since a step has rested. */
function whenItsTurn(begin: Setups['begin']): Setups['comeBy'] {
  const times = new Map<string, number>();
  return (incident) => {
    const { id } = incident;
    const [briefly, long] = [restingIn(incident, 'briefly'), restingIn(incident, 'long')];
    if (briefly.length + long.length === 0) return void times.delete(id);
    if (times.size >= mostCounted) times.clear();
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    const turn = [...briefly, ...(isTurn(time) ? long : [])];
    if (turn.length > 0) begin(id, turn);
  };
}

const restingIn = (incident: Incident, how: 'briefly' | 'long'): SetupStep[] =>
  setupSteps.filter((step) => {
    const state = incident.setup[step];
    return state.kind === 'open' && state.rests === how && isPossible(incident, step);
  });
