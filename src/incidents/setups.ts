import { messageOf } from '../core/errors.ts';
import type { SetupStep } from '../core/incident.ts';
import type { Incidents } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import { type SettingUp, setUp } from './set-up.ts';

/** The channels that are being made by this process. */
export interface Setups {
  /** Goes on with the channel of an incident, and again when that is being done; nobody waits for Slack here. */
  begin(incident: string, ready?: readonly SetupStep[]): void;
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
    stop: async () => {
      stopped = true;
      await Promise.all(going.values());
    },
  };
}
