import type { Absence } from '../../../src/core/incidents.ts';
import type { SlackReach } from '../../../src/core/slack-reach.ts';
import type { Chance } from '../../runs/simulator/chance.ts';
import { createCalls } from './slack-calls.ts';
import { slackMethods } from './slack-methods.ts';
import type { Process, Time } from './time.ts';
import type { Traffic } from './traffic.ts';

/** A channel as it truly is in the Slack of a schedule. */
export interface Channel {
  id: string;
  name: string;
  private: boolean;
  /** In seconds since 1970. */
  created: number;
  archived: boolean;
  members: Set<string>;
  pins: Set<string>;
}

/** A message as it truly is. */
export interface Posted {
  channel: string;
  ts: string;
  /** What its metadata say. */
  key: { outbox: string; subject: string };
  /** What it is of, as the schedule draws it: which message, and which version of its subject. */
  says: Drawing;
  at: number;
  deleted: boolean;
  /** Whether it says nothing any more but that its incident goes on elsewhere. */
  emptied: boolean;
}

/** What the schedule draws: whose message it is, and what of it can be seen. */
export interface Drawing {
  subject: string;
  kind: string;
  to: string;
  version: number;
}

/** Slack as it truly is. */
export interface Slack {
  channels: Map<string, Channel>;
  messages: Posted[];
  /** When nothing of it could be reached; the last one may not be over. */
  outages: Absence[];
  away(): boolean;
  setAway(away: boolean): void;
  /** The Web API, as a process reaches it: it answers late, breaks off, and asks for patience. */
  apiFor(process: Process, reach: Pick<SlackReach, 'answered' | 'failed'>): unknown;
}

/** What Slack needs of a schedule. */
export interface SlackOptions {
  time: Time;
  chance: Chance;
  /** Whether things go wrong at the moment. */
  troubled(): boolean;
  traffic: Traffic;
}

/** Slack with no incident’s channel in it. */
export function createSlack(options: SlackOptions): Slack {
  const { time, chance } = options;
  const truth: Pick<Slack, 'channels' | 'messages'> = { channels: new Map(), messages: [] };
  const outages: Absence[] = [];
  let away: 'unreached' | 'broken' | null = null;
  const methods = slackMethods(truth, time);
  const slack: Slack = {
    ...truth,
    outages,
    away: () => away !== null,
    setAway(now) {
      if (now === (away !== null)) return;
      away = now ? chance.pick(['unreached', 'unreached', 'broken']) : null;
      const last = outages.at(-1);
      if (now) outages.push({ from: time.now(), until: Number.POSITIVE_INFINITY });
      else if (last) last.until = time.now();
    },
    apiFor: (process, reach) =>
      methods(createCalls({ ...options, process, reach, away: () => away })),
  };
  return slack;
}
