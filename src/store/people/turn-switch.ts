import type { AuditEntry } from '../../core/audit.ts';
import {
  engaged,
  type KillSwitch,
  killSwitchSubject,
  lifted,
  neverStopped,
  type Stopper,
  type StopState,
  stopAt,
  stopFacts,
} from '../../core/kill-switch.ts';
import { StoreError } from '../database/errors.ts';
import { storedJson, storedText } from '../database/stored-json.ts';

/** The switch as it was read: version 0 before it was used for the first time. */
export interface Switch {
  version: number;
  state: StopState;
  /** When it was read, by the database's clock, in milliseconds since 1970. */
  now: number;
}

/** What is to be written over exactly the version that was read, with its record. */
export interface SwitchChange {
  version: number;
  state: StopState;
  entry: AuditEntry;
}

/** Where the switch is kept. */
export interface SwitchPlace {
  read(): Promise<Switch>;
  /** False when somebody else was first. */
  write(change: SwitchChange): Promise<boolean>;
}

/** What the records of the switch are about. */
export const aboutSwitch = storedJson({ id: killSwitchSubject });

/** How often a change is decided upon anew because somebody else was first. */
const mostTries = 50;

/** The switch over any place that can keep it: read, decide, and write over what was read. */
export function turnSwitch({ read, write }: SwitchPlace): KillSwitch {
  const change = async (by: Stopper, event: (next: StopState) => string, decide: Decide) => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { version, state, now } = await read();
      const next = decide(state, now);
      if (next === state) return next;
      const facts = { from: wordFor(state), to: wordFor(next), ...stopFacts(next) };
      const entry = { event: event(next), actor: `user:${by.team}/${by.id}`, facts };
      if (await write({ version, state: next, entry })) return next;
    }
    throw new StoreError(crowded, { final: false });
  };
  return {
    state: async () => {
      const { state, now } = await read();
      return stopAt(state, now);
    },
    engage: (by, reason) => {
      const kept = storedText(reason);
      return change(
        by,
        () => 'kill-switch.engaged',
        (_, now) => engaged(by, kept, now),
      );
    },
    lift: async (by, voided = []) => {
      const event = ({ on }: StopState) => (on ? 'kill-switch.lift-wanted' : 'kill-switch.lifted');
      let wasOff = false;
      const state = await change(by, event, (before, now) => {
        wasOff = !before.on;
        return lifted(before, by, now, voided);
      });
      return { kind: wasOff ? 'was-off' : state.on ? 'one-more' : 'off', state };
    },
  };
}

type Decide = (state: StopState, now: number) => StopState;

const wordFor = ({ on }: StopState): string => (on ? 'stopped' : 'going on');

const crowded =
  'Too many people used the kill switch at once, so this was not written down. Try again.';

/** As a place begins. */
export const unusedSwitch = { version: 0, state: neverStopped };
