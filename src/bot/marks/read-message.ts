import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { SeenMessage } from '../../handlers/incidents/incident-tools.ts';
import { timelineMarks } from '../../handlers/marks/noticed.ts';

type Api = Pick<WebClient, 'conversations' | 'chat' | 'pins'>;
type Place = { channel: string; ts: string };

/** What of a message of Slack's counts here. */
interface Said {
  ts?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  files?: { name?: string | null; title?: string | null; id?: string }[];
  reactions?: { name?: string; count?: number }[];
}

/**
 * Reads one message as it is now, with the marks it carries; null when it is gone.
 *
 * @throws whatever else Slack says.
 */
export const createMessageReader =
  (api: Api) =>
  async (place: Place): Promise<SeenMessage | null> => {
    const said = await find(api, place);
    if (!said?.ts) return null;
    const isReacted = (said.reactions ?? []).some(
      ({ name = '', count = 0 }) => count > 0 && timelineMarks.includes(bare(name)),
    );
    return {
      author: said.user ?? said.bot_id ?? '',
      isOwn: said.bot_id !== undefined,
      text: unescaped(said.text ?? ''),
      at: Math.round(Number(said.ts) * 1_000),
      files: (said.files ?? []).map(({ name, title, id }) => name ?? title ?? id ?? 'a file'),
      permalink: await permalinkOf(api, place),
      isMarked: isReacted || (await isPinned(api, place)),
    };
  };

/** Slack keeps three characters of what people type as entities. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A reaction without its skin tone. */
export const bare = (reaction: string): string => reaction.replace(/::.*$/, '');

/** One message, wherever it stands: answers of a thread are in no history. */
async function find(api: Api, { channel, ts }: Place): Promise<Said | null> {
  const here = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
  const { messages = [] } = await api.conversations.history(here);
  const found = messages.find((one) => one.ts === ts) as Said | undefined;
  if (found) return found;
  try {
    // The first message of a thread comes with every answer.
    const thread = await api.conversations.replies({ ...here, ts, limit: 2 });
    return ((thread.messages ?? []).find((one) => one.ts === ts) as Said | undefined) ?? null;
  } catch (error) {
    if (says(error, ['thread_not_found', 'message_not_found'])) return null;
    throw error;
  }
}

async function permalinkOf(api: Api, { channel, ts }: Place): Promise<string | null> {
  try {
    return (await api.chat.getPermalink({ channel, message_ts: ts })).permalink ?? null;
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return null;
    throw error;
  }
}

async function isPinned(api: Api, { channel, ts }: Place): Promise<boolean> {
  const { items = [] } = await api.pins.list({ channel });
  return (items as { message?: { ts?: string } }[]).some(({ message }) => message?.ts === ts);
}

const says = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof WebAPIPlatformError && codes.includes(error.data.error);
