import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIPlatformError } from '@slack/web-api';
import type { IncidentRoom, RoomAnswer } from '../core/incident-room.ts';
import type { SlackClient } from './calling/slack-client.ts';
import { createIncidentChannel } from './incident-channel.ts';
import { troubleOf } from './outbox/outbox-trouble.ts';

type Client = Pick<SlackClient, 'api' | 'post'>;

/** Channels of incidents in Slack. Every call may be made again: what is there already counts as done. */
export function createIncidentRoom(client: Client): IncidentRoom {
  const { api } = client;
  return {
    create: (wanted) => answer(() => createIncidentChannel(api, wanted)),
    invite: (channel, people) => answer(() => inviteAll(api, channel, people)),
    setTopic: (channel, topic) =>
      answer(async () => {
        await api.conversations.setTopic({ channel, topic });
        return null;
      }),
    bookmark: (channel, mark) => answer(() => bookmark(api, channel, mark)),
    pin: (channel, timestamp) =>
      answer(async () => {
        await unless(['already_pinned'], () => api.pins.add({ channel, timestamp }));
        return null;
      }),
    upload: (picture) => answer(() => upload(client, picture)),
    lost: (channel) => answer(() => whyLost(api, channel)),
  };
}

type Api = SlackClient['api'];

/** What went wrong as a value: whether it is worth another try, and when. */
async function answer<Value>(work: () => Promise<Value>): Promise<RoomAnswer<Value>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    const { kind, retryIn, why: said } = troubleOf(error);
    const why = missingRight(error) ?? said;
    if (kind === 'refused' || kind === 'gone' || kind === 'closed') return { kind: 'never', why };
    return { kind: 'again', in: retryIn, why, ...(kind === 'later' && { lasting: true }) };
  }
}

/** Which right of the app is missing, as Slack calls it; null when that is not why. */
function missingRight(error: unknown): string | null {
  if (saidBy(error) !== 'missing_scope') return null;
  const { needed } = (error as WebAPIPlatformError).data as { needed?: string };
  return `the app has not got the right ${needed ?? 'to do it'} in Slack (missing_scope)`;
}

const saidBy = (error: unknown): string =>
  error instanceof WebAPIPlatformError ? error.data.error : '';

/** Does it; one of these errors means that it was done already. */
async function unless(fine: readonly string[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!fine.includes(saidBy(error))) throw error;
  }
}

const alreadyIn = ['already_in_channel', 'cant_invite_self'];
/** They cannot be invited, whoever tries it: the others can. */
const personal = [
  ...['user_not_found', 'user_disabled', 'cant_invite', 'user_is_restricted', 'ura_max_channels'],
  ...['user_is_ultra_restricted', 'user_team_not_in_channel', 'failed_for_some_users'],
  ...['no_user', 'users_not_found', 'user_is_bot', 'too_many_users'],
];

/** All at once; where one of them cannot come, one by one, so that the others do. */
async function inviteAll(api: Api, channel: string, people: readonly string[]) {
  const left: { id: string; why: string }[] = [];
  if (people.length === 0) return left;
  try {
    await api.conversations.invite({ channel, users: people.slice(0, 100).join(',') });
    return left;
  } catch (error) {
    if (![...alreadyIn, ...personal].includes(saidBy(error))) throw error;
  }
  for (const id of people) {
    try {
      await unless(alreadyIn, () => api.conversations.invite({ channel, users: id }));
    } catch (error) {
      if (!personal.includes(saidBy(error))) throw error;
      left.push({ id, why: saidBy(error).replaceAll('_', ' ') });
    }
  }
  return left;
}

async function bookmark(
  api: Api,
  channel: string,
  { title, link }: { title: string; link: string },
) {
  const { bookmarks = [] } = await api.bookmarks.list({ channel_id: channel });
  if (!bookmarks.some((one) => one.link === link)) {
    await api.bookmarks.add({ channel_id: channel, title, type: 'link', link });
  }
  return null;
}

/** Slack's three calls for a file, without saying who may see it: the message that shows it does. */
async function upload(
  { api, post }: Client,
  { png, alt, name }: Parameters<IncidentRoom['upload']>[0],
): Promise<string> {
  const { upload_url, file_id } = await api.files.getUploadURLExternal({
    filename: name,
    length: png.byteLength,
    alt_text: alt.slice(0, 1_000),
  });
  if (!upload_url || !file_id) throw new Error('Slack gave no address to upload the picture to');
  await post(upload_url, png);
  await api.files.completeUploadExternal({ files: [{ id: file_id, title: name }] });
  await examined(api, file_id);
  return file_id;
}

/** Slack looks at a file before a message may show it; how often that is asked, and the first pause in ms. */
const asking = { most: 8, pause: 50 };

/** Waits until Slack knows what the file is. @throws when that takes too long. */
async function examined(api: Api, file: string): Promise<void> {
  for (let asked = 0; asked < asking.most; asked += 1) {
    const found = await api.files.info({ file });
    if (found.file?.mimetype) return;
    await sleep(asking.pause * 2 ** asked);
  }
  throw new Error('Slack has not looked at the picture in time');
}

/** Why nothing can be written there; null while it can. */
async function whyLost(api: Api, channel: string): Promise<string | null> {
  try {
    const found = await api.conversations.info({ channel });
    if (found.channel?.is_archived) return 'it was archived';
    return found.channel?.is_member === false ? 'Gatehouse was removed from it' : null;
  } catch (error) {
    const said = saidBy(error);
    if (said === 'channel_not_found') return 'it is gone, or Gatehouse was removed from it';
    throw error;
  }
}
