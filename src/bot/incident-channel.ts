import { WebAPIPlatformError } from '@slack/web-api';
import type { IncidentRoom } from '../core/incident-room.ts';
import type { SlackClient } from './calling/slack-client.ts';

type Wanted = Parameters<IncidentRoom['create']>[0];
type Api = Pick<SlackClient['api'], 'conversations' | 'users' | 'auth'>;

/** How many names are tried besides the wanted one. */
const suffixes = 9;
/** Slack's clock and the database's may differ by this much, in milliseconds. */
const skew = 120_000;
/** Slack's limit for a name. */
const longest = 80;

/**
 * Makes the channel. What an earlier try has made is found again by its name, its maker and its age, so that a
 * process that died right after the call leaves no second channel behind.
 *
 * @throws whatever Slack says, when it is not that the name is taken.
 */
export async function createIncidentChannel(
  api: Api,
  wanted: Wanted,
): Promise<{ id: string; name: string }> {
  for (let tried = 0; ; tried += 1) {
    const name = tried === 0 ? wanted.name : `${wanted.name.slice(0, longest - 3)}-${tried + 1}`;
    try {
      return await create(api, name, wanted.private);
    } catch (error) {
      if (!isTaken(error)) throw error;
      const mine = await findMine(api, name, wanted);
      if (mine) return mine;
      if (tried === suffixes) throw error;
    }
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && error.data.error === 'name_taken';

async function create(api: Api, name: string, isPrivate: boolean) {
  const { channel } = await api.conversations.create({ name, is_private: isPrivate });
  if (!channel?.id) throw new Error('Slack does not say which channel it has made');
  return { id: channel.id, name: channel.name ?? name };
}

/** The channel of that name that Gatehouse itself has made since the incident was declared. */
async function findMine(api: Api, name: string, wanted: Wanted) {
  const { user_id: me } = await api.auth.test();
  const types = wanted.private ? 'private_channel' : 'public_channel';
  let cursor: string | undefined;
  do {
    const page = await api.users.conversations({ types, limit: 200, ...(cursor && { cursor }) });
    const found = page.channels?.find((one) => one.name === name);
    if (found?.id) {
      const isNew = (found.created ?? 0) * 1_000 >= wanted.since - skew;
      return isNew && found.creator === me && !found.is_archived ? { id: found.id, name } : null;
    }
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return null;
}
