import { WebAPIPlatformError } from '@slack/web-api';
import type { SlackClient } from '../../../src/bot/calling/slack-client.ts';
import type { Process, World } from './truth.ts';

/** A message as it truly stands in Slack. */
export interface Posted {
  channel: string;
  ts: string;
  /** The row of the outbox that it is, by its metadata. */
  row: string;
  /** What it shows. */
  blocks: object;
}

/** The Slack of a schedule. */
export interface Slack {
  messages: Posted[];
  /** Which version of its run each text shows. */
  versions: WeakMap<object, number>;
  /** The Web API, as one process reaches it. */
  apiFor(process: Process): SlackClient['api'];
}

/** How long a call may take, in milliseconds; what is not there by then never arrives. */
export const callTime = 5_000;

interface Said {
  channel: string;
  ts: string;
  blocks: object;
  users: string;
  metadata: { event_payload: { outbox: string } };
}

const [lookedFor, unheard] = [
  'a message was looked for',
  'a message arrived and nobody heard of it',
];
const lost = () => new Error('the connection was lost');

/** Slack with nothing in it. Whatever it has taken stands there, whether or not anybody hears of that. */
export function createSlack(world: World): Slack {
  const messages: Posted[] = [];
  const { chance, time } = world;
  const trouble = (share: number) => world.troubled && chance.of(share);
  const arriving = async () => {
    const from = time.clock.monotonic();
    if (chance.of(0.3)) await world.line();
    if (trouble(0.06) || time.clock.monotonic() - from >= callTime) throw lost();
  };
  /** What is under way arrives whatever becomes of who has sent it: late, or never. */
  const callFor =
    (process: Process) =>
    <Answer>(work: (said: Said) => Answer) =>
    async (said: Said): Promise<Answer> => {
      await arriving();
      if (trouble(0.03)) throw new WebAPIPlatformError({ ok: false, error: 'ratelimited' });
      const answer = work(said);
      await world.gate(process);
      if (!trouble(0.08)) return answer;
      world.judge.seen.set(unheard, (world.judge.seen.get(unheard) ?? 0) + 1);
      throw lost();
    };
  const post = ({ channel, blocks, metadata }: Said) => {
    const row = metadata.event_payload.outbox;
    const twice = messages.some((one) => one.row === row);
    if (twice) world.judge.broke(`${row} stands twice`);
    const ts = `${messages.length + 1}.0`;
    messages.push({ channel, ts, row, blocks });
    return { ts };
  };
  const update = ({ channel, ts, blocks }: Said) => {
    const found = messages.find((one) => one.channel === channel && one.ts === ts);
    if (!found) throw new WebAPIPlatformError({ ok: false, error: 'message_not_found' });
    found.blocks = blocks;
  };
  const history = ({ channel }: Said) => {
    world.judge.seen.set(lookedFor, (world.judge.seen.get(lookedFor) ?? 0) + 1);
    return { messages: inChannel(channel) };
  };
  const inChannel = (channel: string) =>
    messages
      .filter((one) => one.channel === channel)
      .toReversed()
      .map(({ ts, row }) => ({ ts, metadata: keyOf(row) }));
  return {
    messages,
    versions: new WeakMap(),
    apiFor(process) {
      const call = callFor(process);
      return {
        chat: { postMessage: call(post), update: call(update) },
        conversations: {
          history: call(history),
          open: call(({ users }) => ({ channel: { id: `D-${users}` } })),
        },
      } as unknown as SlackClient['api'];
    },
  };
}

const keyOf = (row: string) => ({
  event_type: 'gatehouse',
  event_payload: { outbox: row, subject: (JSON.parse(row) as string[])[0] },
});
