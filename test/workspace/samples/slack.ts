import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { eventScopes } from '../../../workspace/manifest/event-scopes.ts';
import { scopeNames } from '../../../workspace/manifest/scope-names.ts';
import type { Control } from '../../../workspace/protocol.ts';
import { sampleNames } from '../../../workspace/samples/compare.ts';
import { startWorkspace } from '../../../workspace/server.ts';

/** A JSON object. */
export type Json = Record<string, unknown>;

/** What came over the socket, by the name of its sample. */
interface Received {
  name: string;
  payload: Json;
}

/** A workspace that lets the app do everything, and an app that listens and acknowledges. */
export interface Slack {
  /** Calls the Web API; the whole answer. */
  api(method: string, args?: Json): Promise<Json>;
  /** Does something as a member. */
  control<Name extends keyof Control>(
    name: Name,
    body: Required<Control>[Name]['body'],
  ): Promise<Required<Control>[Name]['answer']>;
  /** The next payload of that name: ask before causing it. */
  next(name: string): Promise<Json>;
  /** The last payload of that name that has come. */
  last(name: string): Json;
  close(): Promise<void>;
}

const tokens = { bot: 'xoxb-test', app: 'xapp-test', signingSecret: 'test' };

/** The app's own manifest with every scope and every event that there is a sample of. */
function wideManifest(): string {
  const manifest = parse(readFileSync('manifest.yml', 'utf8'));
  manifest.oauth_config.scopes.bot = [...scopeNames];
  const events = sampleNames.filter((name) => name in eventScopes);
  manifest.settings.event_subscriptions.bot_events = [...events, 'message.channels'];
  return stringify(manifest);
}

/** Starts both. Nothing is limited in rate. */
export async function startSlack(): Promise<Slack> {
  const manifest = wideManifest();
  const rateScale = Number.POSITIVE_INFINITY;
  const workspace = await startWorkspace({ data: null, tokens, manifest, rateScale });
  const send = async (path: string, body: unknown, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const url = `${workspace.url}${path}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Json;
  };
  const { url } = await send('/api/apps.connections.open', {}, tokens.app);
  const inbox = await listen(String(url));
  return {
    api: (method, args = {}) =>
      send(`/api/${method}`, args, method.startsWith('apps.') ? tokens.app : tokens.bot),
    control: async (name, body) => (await send(`/control/${name}`, body)) as never,
    ...inbox,
    async close() {
      inbox.leave();
      await workspace.close();
    },
  };
}

/** Slack has a sample of messages for each of their subtypes. */
const nameOf = ({ event, type }: { event?: { type: string; subtype?: string }; type: string }) =>
  event?.subtype ?? event?.type ?? type;

async function listen(url: string) {
  const socket = new WebSocket(url);
  const received: Received[] = [];
  const waiting: { name: string; found(payload: Json): void }[] = [];
  socket.addEventListener('message', ({ data }) => {
    const { type, envelope_id, payload } = JSON.parse(String(data));
    if (!envelope_id) return;
    socket.send(JSON.stringify({ envelope_id }));
    const name = type === 'slash_commands' ? type : nameOf(payload);
    received.push({ name, payload });
    const index = waiting.findIndex((one) => one.name === name);
    if (index >= 0) waiting.splice(index, 1)[0]?.found(payload);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  return {
    leave: () => socket.close(),
    last: (name: string) => received.findLast((one) => one.name === name)?.payload ?? {},
    next: (name: string) => new Promise<Json>((found) => waiting.push({ name, found })),
  };
}
