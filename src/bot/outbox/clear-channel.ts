import type { WebClient } from '@slack/web-api';
import { noticeOf } from '../../core/incident-notice.ts';
import type { Message } from '../../views/blocks/message.ts';
import { leftCard, leftNotice, leftText } from '../../views/incidents/left-card.ts';
import { waitOut } from '../calling/wait-out.ts';
import { type PastMessage, pagesSince, subjectOf } from './outbox-search.ts';
import { isNotOurs, type Trouble, troubleOf } from './outbox-trouble.ts';

/** Where something of an incident is to be taken away. */
export interface ClearedChannel {
  incident: string;
  channel: string;
  /** In seconds since 1970: nothing of it is older. */
  since: number;
  /** The timestamps of its messages there that are known. */
  known: readonly string[];
  /** Whether it is a channel of its own, whose topic says what it is about. */
  isRoom: boolean;
}

/** How many messages were emptied now; what went wrong, if something did, and whether that is worth another look. */
export interface Cleared {
  emptied: number;
  trouble: { why: string; again: boolean } | null;
}

/** What it takes to take something away. */
export interface Clearing {
  api: Pick<WebClient, 'chat' | 'conversations'>;
  /** Takes a call of that method from the pace of the whole app; answers in how many milliseconds there is one. */
  take(method: string): Promise<number>;
  sleep(ms: number): Promise<unknown>;
  /** Whether nothing more is to be begun. */
  ended(): boolean;
}

/** So long is waited for the pace before one edit, and before it is asked again where nobody knows it, in milliseconds. */
const [patience, unknown] = [30_000, 1_000];

/**
 * Takes everything away that an incident has said in a channel: what is known to stand there, and what the history
 * says is its own by its key, also when nobody knows whether it has arrived. What cannot be changed is deleted. It
 * never throws; done again it changes nothing.
 */
export async function clearChannel(clearing: Clearing, where: ClearedChannel): Promise<Cleared> {
  const { messages, trouble } = await findAll(clearing, where);
  const { emptied, trouble: left } = await emptyAll(clearing, where, messages);
  const topic = where.isRoom ? await changeTopic(clearing, where) : null;
  const troubles = [left, trouble, topic].filter((one) => one !== null);
  return { emptied, trouble: troubles.find(({ again }) => again) ?? troubles[0] ?? null };
}

/** A message that may still say something, and what is left of it. */
interface Found {
  ts: string;
  becomes: Message;
}

/** What is the incident's there: whatever the history cannot show is taken for what still says something. */
async function findAll(
  { api }: Clearing,
  { incident, channel, since, known }: ClearedChannel,
): Promise<{ messages: Found[]; trouble: Cleared['trouble'] }> {
  const unseen = new Set(known);
  const messages: Found[] = [];
  const look = (one: PastMessage) => {
    const { ts = '', text } = one;
    const becomes = leftOf(incident, one) ?? (unseen.has(ts) ? leftNotice(incident) : null);
    unseen.delete(ts);
    if (becomes !== null && text !== becomes.text) messages.push({ ts, becomes });
  };
  const trouble = await tried(async () => {
    for await (const page of pagesSince(paced(api), { channel, since })) page.forEach(look);
  });
  const rest = [...unseen].map((ts) => ({ ts, becomes: leftNotice(incident) }));
  return { messages: [...messages, ...rest], trouble: trouble && asTrouble(trouble) };
}

/** What is left of a message by its key; null when it is not one of the incident's. */
function leftOf(incident: string, message: PastMessage): Message | null {
  const subject = subjectOf(message) ?? '';
  if (subject === incident) return leftCard(incident);
  return noticeOf(subject)?.incident === incident ? leftNotice(incident) : null;
}

/** A call too many is made again after the time that Slack asks for. */
const paced = ({ conversations }: Clearing['api']) => ({
  history: (what: Parameters<WebClient['conversations']['history']>[0]) =>
    waitOut(() => conversations.history(what)),
});

/** One after the other. What cannot be emptied for good holds up none of the others. */
async function emptyAll(
  clearing: Clearing,
  { channel }: ClearedChannel,
  all: readonly Found[],
): Promise<Cleared> {
  let emptied = 0;
  let trouble: Cleared['trouble'] = null;
  for (const one of all) {
    const left = await empty(clearing, channel, one);
    if (left === null) emptied += 1;
    else if (left.kind !== 'gone') trouble = asTrouble(left);
    if (trouble?.again) break;
  }
  return { emptied, trouble };
}

/** Null when it says nothing any more. */
async function empty(
  clearing: Clearing,
  channel: string,
  { ts, becomes }: Found,
): Promise<Trouble | null> {
  const { chat } = clearing.api;
  if (!(await isMyTurn(clearing))) return later;
  const what = { channel, ts, ...becomes, parse: 'none', link_names: false } as const;
  const changed = await tried(() => chat.update(what));
  const isNowhere = changed?.kind === 'gone' && !isNotOurs(changed);
  if (changed === null || isNowhere || isPassing(changed)) return changed;
  return tried(() => chat.delete({ channel, ts }));
}

async function isMyTurn({ take, sleep, ended }: Clearing): Promise<boolean> {
  for (let waited = 0; waited <= patience; ) {
    if (ended()) return false;
    const wait = await take('chat.update').catch(() => unknown);
    if (wait === 0) return true;
    await sleep(wait);
    waited += wait;
  }
  return false;
}

/** The topic is changed once: each change of it is a line of Slack's own. */
async function changeTopic(
  { api: { conversations } }: Clearing,
  { incident, channel }: ClearedChannel,
): Promise<Cleared['trouble']> {
  const topic = leftText(incident);
  const wrong = await tried(async () => {
    const { channel: is } = await waitOut(() => conversations.info({ channel }));
    if (is?.topic?.value === topic) return;
    await waitOut(() => conversations.setTopic({ channel, topic }));
  });
  return wrong && asTrouble(wrong);
}

async function tried(work: () => Promise<unknown>): Promise<Trouble | null> {
  try {
    await waitOut(async () => void (await work()));
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

const later: Trouble = { kind: 'later', retryIn: 0, why: 'too much else is being edited' };

const isPassing = ({ kind }: Trouble): boolean =>
  kind === 'limited' || kind === 'unreached' || kind === 'later' || kind === 'unclear';

const asTrouble = (trouble: Trouble) => ({ why: trouble.why, again: isPassing(trouble) });
