import { type Incident, isOpen } from '../../../src/core/incident.ts';
import type { IncidentMessage, Sample } from '../../../src/core/incidents.ts';
import type { Doing } from './doing.ts';

/** One change of one incident, as the database has it. */
export interface Line {
  /** Null for the declaration. */
  before: Incident | null;
  after: Incident;
  event: string;
  actor: string;
  // biome-ignore lint/suspicious/noExplicitAny: facts of every kind of record are read here
  facts: any;
  messages: readonly IncidentMessage[];
  /** The command that made it; undefined when nobody of ours did. */
  doing: Doing | undefined;
  /** By the database’s clock, in milliseconds since 1970. */
  at: number;
}

/** Everything that is known of one incident. */
export interface Known {
  incident: Incident;
  lines: Line[];
  /** What was seen of its checks, oldest first. */
  looks: Sample[];
  /** When somebody deleted its deadlines by hand and nothing has happened since; null otherwise. */
  deletedAt: number | null;
  /** When they were last put back. */
  repairedAt: number;
  origin: string | null;
}

/** A law: what holds for every change. */
export type Law = (line: Line & { before: Incident }, must: Must, known: Known) => void;

/** Says that something must hold; otherwise the sentence is the verdict. */
export type Must = (holds: boolean, otherwise: string) => void;

/** A minute, in milliseconds. */
export const minute = 60_000;

/** Whether it is one for which nothing may be silent. */
export const isGrave = ({ severity, security }: Incident): boolean => severity <= 2 || security;

/** Whether updates have to come by themselves. */
export const isPaced = ({ state, updates }: Incident): boolean =>
  isOpen(state) && state !== 'triage' && updates.every !== null;

/** The pace that the rules promise. */
export const paceOf = ({ security, severity, rules }: Incident): number | null =>
  security ? rules.security.updateEvery : rules.clock[severity].updateEvery;

/** Whether updates come at that moment: minor ones rest in the evening and at weekends. */
export function isWorking({ security, severity, rules }: Incident, at: number): boolean {
  if (security || !rules.clock[severity].workingHours) return true;
  const date = new Date(at);
  const hour = date.getUTCHours();
  return ![0, 6].includes(date.getUTCDay()) && hour >= 9 && hour < 17;
}

/** The slots of a grid from `first` until a moment, both included. */
export function slotsBetween(incident: Incident, until: number): number[] {
  const { next, every } = incident.updates;
  const all: number[] = [];
  if (next === null || every === null) return all;
  for (let at = next; at <= until; at += every) {
    if (at === next || isWorking(incident, at)) all.push(at); // what was promised stays promised
  }
  return all;
}

/** The first slot of the grid of an incident after a moment. */
export function firstAfter(incident: Incident, grid: number, every: number, now: number): number {
  let at = grid;
  while (at <= now || !isWorking(incident, at)) at += every;
  return at;
}
