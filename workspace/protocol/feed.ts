import type { Channel, Command, Group, Member, Message, Room, Shortcut, View } from './things.ts';

/** One line of the inspector: what went over the wire between Slack and the app. */
export interface Traffic {
  seq: number;
  at: number;
  direction: 'to-app' | 'from-app';
  /** `chat.postMessage`, `slash_commands`, `events_api app_mention`, … */
  what: string;
  /** `ok`, an error name, an HTTP status or `no acknowledgement`. */
  outcome: string;
  ms: number | null;
  request: unknown;
  response: unknown;
}

/** What is broken on purpose. All zero and false, and one copy, is a healthy Slack. */
export interface Faults {
  /** Added to every Web API answer, in milliseconds. */
  latencyMs: number;
  /** This share (0–1) of Web API calls answers 503, before doing anything. */
  failBefore: number;
  /** This share does its work, then drops the connection without an answer. */
  dropAfter: number;
  /** This share answers 429 with Retry-After: 1. */
  rateLimited: number;
  /** Web API calls never answer. */
  hang: boolean;
  /** Answers `token_revoked` to everything; the app is told by `tokens_revoked` when it begins. */
  revoked: boolean;
  /** Methods that are turned down, each with this name of an error. */
  refuse: Record<string, string>;
  /** How long an uploaded file is looked at before it can be shown, in milliseconds. */
  fileMs: number;
  /** Deliveries to the app are sent this many times; once in a healthy Slack. */
  copies: number;
  /** Deliveries to the app are held back this long, in milliseconds. */
  delayMs: number;
}

/** Everything that one member may see. */
export interface Snapshot {
  me: string;
  team: { id: string; name: string };
  app: { name: string; botUserId: string; sockets: number; mode: 'socket' | 'http' };
  members: Member[];
  groups: Group[];
  channels: Channel[];
  /** Every public channel, also those that this member is not in. */
  rooms: Room[];
  messages: Message[];
  home: View | null;
  /** The stack of open modals; the last is on top. */
  modals: View[];
  commands: Command[];
  shortcuts: Shortcut[];
  faults: Faults;
}

/** A change, sent to every member who may see it. `snapshot` comes first. */
export type Feed =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'message'; message: Message }
  | { type: 'deleted'; channel: string; ts: string }
  | { type: 'channel'; channel: Channel }
  | { type: 'room'; room: Room }
  | { type: 'home'; home: View | null }
  | { type: 'modals'; modals: View[] }
  | { type: 'app'; app: Snapshot['app'] }
  | { type: 'faults'; faults: Faults }
  | { type: 'traffic'; traffic: Traffic };
