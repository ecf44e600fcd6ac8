import { readFileSync } from 'node:fs';
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import type { WorkspaceOptions } from '../../workspace/assemble.ts';
import { connectWorkspace, type WorkspaceClient } from '../../workspace/client.ts';
import { startWorkspace } from '../../workspace/server.ts';

/** What both sides know in these tests. */
export const tokens = {
  bot: 'xoxb-of-the-tests',
  app: 'xapp-of-the-tests',
  signingSecret: 'quiet',
};

/** Scopes beside the manifest's own, so that a test can call everything. */
const everyScope = [
  'bookmarks:read',
  'bookmarks:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'groups:history',
  'groups:read',
  'files:read',
  'groups:write',
  'im:history',
  'im:read',
  'pins:read',
  'pins:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read.email',
];

const everyEvent = [
  'channel_archive',
  'channel_created',
  'channel_deleted',
  'channel_left',
  'channel_rename',
  'channel_unarchive',
  'group_archive',
  'group_left',
  'group_rename',
  'member_joined_channel',
  'member_left_channel',
  'pin_added',
  'pin_removed',
  'reaction_added',
  'reaction_removed',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
];

/** The app's own manifest, as it is. */
export const ownManifest = (): string => readFileSync('manifest.yml', 'utf8');

/** The app's manifest with every scope and event that these tests need. */
export function wideManifest(events: readonly string[] = everyEvent): string {
  const manifest = parse(ownManifest());
  const { scopes } = manifest.oauth_config;
  const subscriptions = manifest.settings.event_subscriptions;
  scopes.bot = [...new Set([...scopes.bot, ...everyScope])];
  subscriptions.bot_events = [...new Set([...subscriptions.bot_events, ...events])];
  return stringify(manifest);
}

/** The app's manifest with these scopes and events alone, whatever the app comes to need. */
export function narrowManifest(scopes: readonly string[], events: readonly string[] = []): string {
  const manifest = parse(ownManifest());
  manifest.oauth_config.scopes.bot = scopes;
  manifest.settings.event_subscriptions.bot_events = events;
  return stringify(manifest);
}

/** Time that stands still until it is moved, and chance that always says the same. */
export function stillChance() {
  let at = 1_763_769_600_000;
  return {
    now: () => at,
    random: () => 0,
    pass(ms: number) {
      at += ms;
    },
  };
}

/** A workspace of one test: its address, the app's client and the members' hands. */
export interface TestWorkspace {
  url: string;
  web: WebClient;
  members: WorkspaceClient;
  close(): Promise<void>;
}

/** Starts a workspace in this process, in memory unless told otherwise; it ends with the test. */
export async function runWorkspace(
  options: Partial<WorkspaceOptions> = {},
): Promise<TestWorkspace> {
  const running = await startWorkspace({
    data: null,
    tokens,
    manifest: wideManifest(),
    rateScale: 1000,
    ...options,
  });
  onTestFinished(() => running.close());
  return {
    ...running,
    web: webClient(running.url, tokens.bot),
    members: connectWorkspace(running.url),
  };
}

/** Slack's own client, which asks once and tells of every error. */
export const webClient = (url: string, token?: string): WebClient =>
  new WebClient(token, {
    slackApiUrl: `${url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });

/** Says nothing. */
export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error' as never,
  setName() {},
};

/** The error name and the whole answer of a call that Slack turns down. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    return (error as { data: Record<string, unknown> }).data ?? { thrown: error };
  }
  throw new Error('It was not turned down.');
}
