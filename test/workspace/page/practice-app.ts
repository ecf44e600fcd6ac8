import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startWorkspace } from '../../../workspace/server.ts';

/** Something that Slack delivered over the socket. */
export interface Delivery {
  type: 'slash_commands' | 'interactive' | 'events_api';
  // biome-ignore lint/suspicious/noExplicitAny: a payload of Slack, of any kind
  payload: any;
}

/** What an app can do once a delivery is acknowledged. */
export type Call = (method: string, body: Record<string, unknown>) => Promise<{ ts: string }>;

/** Answers a delivery; what it returns goes with the acknowledgement, `null` withholds that. */
export type React = (delivery: Delivery, call: Call) => unknown;

/** A workspace with a small app in it that does what a test says. */
export interface Practice {
  url: string;
  call: Call;
  /** Uploads a file and answers its id; sharing it is the next step. */
  upload(name: string, content: string | Uint8Array): Promise<string>;
  close(): Promise<void>;
}

const tokens = { bot: 'xoxb-practice', app: 'xapp-practice', signingSecret: 'practice' };

/** An app with a command, both kinds of shortcuts, a Home tab and the scopes that the tests need. */
export const practiceManifest = `
_metadata: {major_version: 2}
display_information: {name: Gatehouse}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false}
  bot_user: {display_name: Gatehouse, always_online: true}
  slash_commands:
    - {command: /auth, description: Look at and operate the services, usage_hint: 'status [service] | help', should_escape: true}
  shortcuts:
    - {name: Check all services, type: global, callback_id: check, description: See how every service is}
    - {name: Explain this, type: message, callback_id: explain, description: What a message means}
oauth_config:
  scopes: {bot: [app_mentions:read, chat:write, commands, files:write, im:write, reactions:write, pins:write, bookmarks:write, 'channels:manage', 'groups:write', users:read]}
settings:
  event_subscriptions: {bot_events: [app_home_opened, app_mention]}
  interactivity: {is_enabled: true}
  org_deploy_enabled: false
  socket_mode_enabled: true
  token_rotation_enabled: false
`;

/** Starts a workspace in memory and connects the app to it over one socket. */
export async function startPractice(react: React, ackMs = 3000): Promise<Practice> {
  const workspace = await startWorkspace({
    data: null,
    tokens,
    manifest: practiceManifest,
    rateScale: 1000,
    ackMs,
    say: () => {},
  });
  const call = callerOf(workspace.url, tokens.bot);
  const opened = await callerOf(workspace.url, tokens.app)('apps.connections.open', {});
  const socket = new WebSocket((opened as unknown as { url: string }).url);
  socket.on('message', (data) => {
    const { envelope_id, ...delivery } = JSON.parse(String(data));
    if (!envelope_id) return;
    void Promise.resolve(react(delivery, call)).then((payload) => {
      if (payload !== null) socket.send(JSON.stringify({ envelope_id, payload: payload ?? {} }));
    });
  });
  await once(socket, 'open');
  return {
    url: workspace.url,
    call,
    async upload(filename, content) {
      const wanted = { filename, length: Buffer.from(content).length };
      const answer: unknown = await call('files.getUploadURLExternal', wanted);
      const { upload_url, file_id } = answer as { upload_url: string; file_id: string };
      await fetch(upload_url, { method: 'POST', body: Buffer.from(content) });
      return file_id;
    },
    async close() {
      socket.terminate();
      await workspace.close();
    },
  };
}

const callerOf =
  (url: string, token: string): Call =>
  async (method, body) => {
    const response = await fetch(`${url}/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { ok: boolean; ts: string };
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer;
  };
