import { join } from 'node:path';
import { healthy } from './control/faults.ts';
import { createFeedHub } from './control/feed.ts';
import { appOf, snapshotOf } from './control/snapshot.ts';
import { createTrafficLog } from './control/traffic.ts';
import { createDeliver } from './delivery/deliver.ts';
import { createEvents } from './delivery/events.ts';
import { createRequests } from './delivery/requests.ts';
import { createSocketHub } from './delivery/sockets.ts';
import { createTickets } from './delivery/tickets.ts';
import { readManifest } from './manifest.ts';
import { createRates } from './rates.ts';
import { createChoices } from './slack/choices.ts';
import { createResponseUrls } from './slack/response-urls.ts';
import { createTriggers } from './slack/triggers.ts';
import { createUploads } from './slack/uploads.ts';
import { createFileBytes } from './state/file-bytes.ts';
import { firstWorld } from './state/first-world.ts';
import { createIds } from './state/ids.ts';
import { createStateFile, readWorld } from './state/state-file.ts';
import type { Chance, Tokens, Workspace } from './workspace.ts';

/** How a workspace is started. Times are in milliseconds. */
export interface WorkspaceOptions {
  /** 0 or nothing for any free port. */
  port?: number;
  /** The folder for the state; null keeps everything in memory. */
  data: string | null;
  tokens: Tokens;
  /** The text of the app's manifest.yml. */
  manifest: string;
  /** Where the app takes signed requests; nothing for Socket Mode. */
  requestUrl?: string | undefined;
  /** How much higher than Slack's the rate limits are. */
  rateScale?: number;
  /** Whose time they are kept by; the machine's without it. */
  rateClock?: { monotonic(): number };
  /** Slack's time to acknowledge: 3000. */
  ackMs?: number;
  /** How long before each repetition of an event: 0, a minute, five minutes. */
  retryDelays?: readonly number[];
  chance?: Chance;
  /** Where a line for the operator goes. */
  say?(line: string): void;
}

const slackRetries = [0, 60_000, 300_000];

/** Puts the parts together; nothing listens yet. `flush` writes what is not written yet. */
export function assemble(
  options: WorkspaceOptions,
  url: () => string,
): { workspace: Workspace; flush(): Promise<void> } {
  const { data, tokens, chance = { now: Date.now, random: Math.random } } = options;
  const say = options.say ?? ((line: string) => process.stderr.write(`${line}\n`));
  const manifest = readManifest(options.manifest);
  const now = () => chance.now();
  const path = data === null ? null : join(data, 'workspace.json');
  const kept = path === null ? null : readWorld(path, say);
  const world = kept ?? firstWorld(manifest.botName, now());
  const file = path ? createStateFile(path, world, say) : null;
  const ids = createIds(world, chance);
  const clock = options.rateClock ?? { monotonic: () => performance.now() };
  const base = {
    url,
    tokens,
    manifest,
    chance,
    world,
    ids,
    faults: healthy(),
    rates: createRates({ clock, scale: options.rateScale ?? 1 }),
    plan: { paid: true },
    tickets: createTickets(now, ids.secret),
    triggers: createTriggers(now, ids.secret),
    responses: createResponseUrls(world, now, ids),
    uploads: createUploads(ids.secret),
    choices: createChoices(),
    verification: ids.secret(),
    files: createFileBytes(data === null ? null : join(data, 'files')),
    changed: () => file?.changed(),
  };
  const workspace: Workspace = { ...base, ...connect(options, base, () => workspace) };
  return { workspace, flush: async () => file?.flush() };
}

type Base = Omit<Workspace, 'feed' | 'traffic' | 'sockets' | 'requests' | 'deliver' | 'events'>;

/** The parts that speak to somebody. They see the whole workspace only once it is whole. */
function connect(options: WorkspaceOptions, base: Base, whole: () => Workspace) {
  const { chance, faults, manifest, ids, verification: token } = base;
  const now = () => chance.now();
  const feed = createFeedHub((user) => ({
    type: 'snapshot',
    snapshot: snapshotOf(whole(), user),
  }));
  const traffic = createTrafficLog(now, (line) => feed.publish({ type: 'traffic', traffic: line }));
  const sockets = createSocketHub({
    random: () => chance.random(),
    onCount: () => feed.publish({ type: 'app', app: appOf(whole()) }),
  });
  const secret = base.tokens.signingSecret;
  const requests = options.requestUrl
    ? createRequests({ url: options.requestUrl, secret, now })
    : null;
  const wire = requests?.send ?? sockets.send;
  const deliver = createDeliver({ wire, faults, traffic, ackMs: options.ackMs ?? 3000 });
  const events = createEvents({
    deliver,
    subscribed: manifest.botEvents,
    retryDelays: options.retryDelays ?? slackRetries,
    now,
    id: ids.id,
    token,
  });
  return { feed, traffic, sockets, requests, deliver, events };
}
