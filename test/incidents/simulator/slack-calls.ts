import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { SlackReach } from '../../../src/core/slack-reach.ts';
import type { SlackOptions } from './slack.ts';
import type { Process } from './time.ts';

/** Makes a method of Slack out of what it truly does. */
export type Calls = <Said extends object, Answer>(
  method: string,
  work: (said: Said) => Answer,
) => (said: Said) => Promise<Answer>;

interface Said {
  channel?: string;
  ts?: string;
  metadata?: unknown;
}

interface CallsOptions extends SlackOptions {
  process: Process;
  reach: Pick<SlackReach, 'answered' | 'failed'>;
  /** Why nothing of it can be reached; null while it can. */
  away(): 'unreached' | 'broken' | null;
}

/** How long a call may take, in milliseconds: the client’s own limit. */
export const callTime = 8_000;
/** For which methods Slack asks for patience, and for how long, in seconds. */
const limits = {
  methods: ['chat.postMessage', 'chat.update', 'conversations.history'],
  for: [2, 5, 20],
};

const lost = new Error('the connection was lost');
const unreached = new WebAPIRequestError(
  Object.assign(new Error('the connection was lost'), { code: 'ECONNREFUSED' }),
);

/** Calls of one process: each is heard, done and answered, or breaks off before or after it was done. */
export function createCalls(options: CallsOptions): Calls {
  const { time, chance, process, reach, traffic, troubled } = options;
  const breaks = (share: number) => troubled() && chance.of(share);
  const failed = (error: Error) => {
    reach.failed(error.message);
    return error;
  };
  /** Some take their time, and some of those too long: then nobody hears of them any more. */
  const onItsWay = async () => {
    if (!breaks(0.06)) return;
    const arrived = time.gate(process).then(() => true);
    if (await Promise.race([arrived, time.sleep(process, callTime).then(() => false)])) return;
    throw failed(lost);
  };
  const asked = (method: string, said: Said = {}) => {
    const { channel = '', metadata } = said;
    // What empties a card that stands where its incident was has a pace of its own.
    const ts = metadata ? said.ts : undefined;
    traffic.begins(process, method, channel, ts);
    const why = options.away();
    if (why !== null) throw failed(why === 'unreached' ? unreached : lost);
    if (!limits.methods.includes(method) || !breaks(0.02)) return;
    const patience = chance.pick(limits.for);
    reach.answered();
    traffic.limited(process, method, channel, time.now() + patience * 1_000, ts);
    throw new WebAPIRateLimitedError(patience);
  };
  return (method, work) => async (said) => {
    asked(method, said);
    if (breaks(0.03)) throw failed(lost);
    await onItsWay();
    const answer = answerOf(() => work(said), reach);
    if (breaks(0.03)) throw failed(lost);
    await onItsWay();
    reach.answered();
    return answer;
  };
}

/** Slack’s refusals are answers too. */
function answerOf<Answer>(work: () => Answer, reach: CallsOptions['reach']): Answer {
  try {
    return work();
  } catch (error) {
    reach.answered();
    throw error;
  }
}

/** Slack says no. */
export const no = (error: string) => new WebAPIPlatformError({ ok: false, error });
