import type { WebClient } from '@slack/web-api';
import { timelineMarks } from '../../handlers/marks/noticed.ts';
import type { FoundMark } from '../../handlers/marks/recover-marks.ts';
import { waitOut } from '../calling/wait-out.ts';
import { bare } from './read-message.ts';

type Api = Pick<WebClient, 'conversations' | 'pins'>;

/** What of a message of Slack's counts here. */
interface Said {
  ts?: string;
  bot_id?: string;
  reply_count?: number;
  reactions?: { name?: string; users?: string[] }[];
}

/** So many messages at once, so many times, and so many threads: more is no channel of an incident. */
const most = { page: 200, pages: 5, threads: 20 };

/**
 * Finds the messages of a channel that are marked for the timeline, those of its threads included.
 *
 * @throws whatever Slack says.
 */
export const createMarkFinder =
  (api: Api) =>
  async (channel: string, since: number): Promise<readonly FoundMark[]> => {
    const said = await messagesSince(api, channel, since);
    const { items = [] } = await waitOut(() => api.pins.list({ channel }));
    const pinned = (items as { created_by?: string; message?: Said }[]).flatMap(
      ({ created_by: by, message }) =>
        by && message?.ts && !message.bot_id ? [{ ts: message.ts, by, how: 'pin' } as const] : [],
    );
    const all = [...said.flatMap(reacted), ...pinned];
    const once = new Map(all.map((one) => [one.ts, { channel, ...one }]));
    return [...once.values()].toSorted((a, b) => Number(a.ts) - Number(b.ts));
  };

/** Who was the first to put a mark there. */
function reacted({ ts, bot_id, reactions = [] }: Said) {
  const mark = reactions.find(({ name = '' }) => timelineMarks.includes(bare(name)));
  const [by] = mark?.users ?? [];
  return ts && by && !bot_id ? [{ ts, by, how: 'reaction' } as const] : [];
}

async function messagesSince(api: Api, channel: string, since: number): Promise<Said[]> {
  const said: Said[] = [];
  const what = { channel, oldest: String(Math.floor(since / 1_000)), limit: most.page };
  let cursor: string | undefined;
  for (let page = 0; page < most.pages; page += 1) {
    const found = await waitOut(() =>
      api.conversations.history({ ...what, ...(cursor && { cursor }) }),
    );
    said.push(...((found.messages ?? []) as Said[]));
    cursor = found.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  const threads = said.filter(({ reply_count = 0 }) => reply_count > 0).slice(0, most.threads);
  for (const { ts = '' } of threads) {
    const found = await waitOut(() => api.conversations.replies({ channel, ts, limit: most.page }));
    said.push(...((found.messages ?? []) as Said[]));
  }
  return said;
}
