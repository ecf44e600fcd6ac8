import type { FeedHub } from './control/feed.ts';
import type { TrafficLog } from './control/traffic.ts';
import type { Deliver } from './delivery/deliver.ts';
import type { Events } from './delivery/events.ts';
import type { Requests } from './delivery/requests.ts';
import type { SocketHub } from './delivery/sockets.ts';
import type { Tickets } from './delivery/tickets.ts';
import type { Manifest } from './manifest.ts';
import type { Faults } from './protocol.ts';
import type { Rates } from './rates.ts';
import type { Choices } from './slack/choices.ts';
import type { ResponseUrls } from './slack/response-urls.ts';
import type { Triggers } from './slack/triggers.ts';
import type { Uploads } from './slack/uploads.ts';
import type { Ids } from './state/ids.ts';
import type { World } from './state/world.ts';

/** What both sides share and nobody else may know. */
export interface Tokens {
  bot: string;
  app: string;
  signingSecret: string;
}

/** Time and chance, where something is decided by them. */
export interface Chance {
  /** Milliseconds since 1970. */
  now(): number;
  /** At least 0 and below 1. */
  random(): number;
}

/** All parts of one running workspace, put together in server.ts. */
export interface Workspace {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url(): string;
  tokens: Tokens;
  manifest: Manifest;
  chance: Chance;
  world: World;
  ids: Ids;
  faults: Faults;
  rates: Rates;
  /** Whether the workspace pays: user groups answer `plan_upgrade_required` otherwise. */
  plan: { paid: boolean };
  feed: FeedHub;
  traffic: TrafficLog;
  sockets: SocketHub;
  tickets: Tickets;
  /** HTTP mode only. */
  requests: Requests | null;
  triggers: Triggers;
  responses: ResponseUrls;
  uploads: Uploads;
  deliver: Deliver;
  events: Events;
  /** What people have chosen in messages and not sent yet: gone with the process, as in Slack. */
  choices: Choices;
  /** The old verification token, part of every payload. */
  verification: string;
  /** Where uploaded bytes lie. */
  files: FileBytes;
  /** The world has changed and must be kept. */
  changed(): void;
}

/** The bytes of uploaded files, by file id. */
export interface FileBytes {
  write(id: string, bytes: Buffer): Promise<void>;
  /** Null when there is no such file. */
  read(id: string): Promise<Buffer | null>;
}
