import type { Answer, Asked, Asker } from '../handlers/desk.ts';
import type { Message } from '../views/blocks/message.ts';
import type { SlackClient } from './calling/slack-client.ts';
import { waitOut } from './calling/wait-out.ts';
import type { Route } from './receiving/meaning.ts';

/** Posts as they should look: Slack turns nothing in them into previews or mentions by itself. */
export const plainly = {
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none',
  link_names: false,
} as const;

/** The ways to answer what was asked. What is said through one of them may be lost when Slack is down. */
export function createAnswer(client: SlackClient, asked: Asked, route: Route): Answer {
  const { api, post } = client;
  const { asker } = asked;
  const place = 'place' in asked ? asked.place : null;
  let { responseUrl } = route;

  const whisper = async (message: Message) => {
    if (!place || isDirect(place)) return directly(api, asker.id, message);
    const thread = place.thread === null ? {} : { thread_ts: place.thread };
    const { channel } = place;
    try {
      await waitOut(() =>
        api.chat.postEphemeral({ channel, user: asker.id, ...message, ...thread }),
      );
    } catch {
      await directly(api, asker.id, message); // the app is not a member of that channel
    }
  };
  return {
    async say(message) {
      if (route.thread !== null && place) {
        const { channel } = place;
        const thread_ts = route.thread;
        await waitOut(() => api.chat.postMessage({ channel, ...message, ...plainly, thread_ts }));
        return;
      }
      if (responseUrl === null) return whisper(message);
      try {
        const private_ = { response_type: 'ephemeral', replace_original: false };
        await post(responseUrl, { ...message, ...private_ });
      } catch {
        responseUrl = null; // used five times, or older than half an hour
        await whisper(message);
      }
    },
    attach: (file) => attach(client, asker.id, file),
    async open(view) {
      const trigger_id = route.triggerId;
      if (trigger_id === null)
        throw new Error('a form can only be opened after a command or a click');
      if (view.type !== 'modal') throw new Error('only a form can be opened');
      await api.views.open({ trigger_id, view });
    },
    async replace(view) {
      if (route.form === null) throw new Error('only a form can be replaced');
      const { id: view_id, hash } = route.form;
      await waitOut(() => api.views.update({ view_id, hash, view }));
    },
    async home(view) {
      if (view.type !== 'home') throw new Error('only a Home tab can be published');
      await waitOut(() => api.views.publish({ user_id: asker.id, view }));
    },
  };
}

/** Writes to one person alone, where it stays to be read. */
export const createDirectAnswer = (
  { api }: Pick<SlackClient, 'api'>,
  asker: Asker,
): Pick<Answer, 'say'> => ({ say: (message) => directly(api, asker.id, message) });

/** Nobody else reads there, and what is said there stays. */
const isDirect = ({ channel }: { channel: string }): boolean => channel.startsWith('D');

async function directly(api: SlackClient['api'], user: string, message: Message): Promise<void> {
  const channel = await directChannel(api, user);
  await waitOut(() => api.chat.postMessage({ channel, ...message, ...plainly }));
}

async function directChannel(api: SlackClient['api'], user: string): Promise<string> {
  const { channel } = await waitOut(() => api.conversations.open({ users: user }));
  if (!channel?.id) throw new Error('Slack opened no direct messages with the person');
  return channel.id;
}

/** Slack's three calls for a file: ask where to, send it there, say who may see it. */
async function attach(
  { api, post, redact }: SlackClient,
  user: string,
  { name, content: found, comment }: Parameters<Answer['attach']>[0],
): Promise<void> {
  const channel = await directChannel(api, user);
  const content = redact(found);
  const length = Buffer.byteLength(content);
  const { upload_url, file_id } = await api.files.getUploadURLExternal({ filename: name, length });
  if (!upload_url || !file_id) throw new Error('Slack gave no address to upload the file to');
  await post(upload_url, content);
  const files: [{ id: string; title: string }] = [{ id: file_id, title: name }];
  await api.files.completeUploadExternal({ files, channel_id: channel, initial_comment: comment });
}
