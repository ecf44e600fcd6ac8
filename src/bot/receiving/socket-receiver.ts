import type { Log } from '../../core/log.ts';
import { slackLogger } from '../calling/slack-logger.ts';
import type { SlackReceiver } from './receiver.ts';
import type { SocketConnectionOptions } from './socket-connection.ts';
import { type SocketLine, startSocketLine } from './socket-line.ts';
import { openSession } from './socket-session.ts';
import { type Deliver, throughBolt } from './through-bolt.ts';

/** What the receiver needs. */
export interface SocketReceiverOptions {
  /** The app token and how the Web API is reached. */
  client: SocketConnectionOptions['client'];
  /** How many connections are kept: with two, losing one loses nothing. */
  lines: number;
  /** Whether other processes of this installation may work on the same database. */
  shared: boolean;
  log: Log;
  random(): number;
}

/** Socket Mode over several connections; Slack sends each delivery through any one of them. */
export function createSocketReceiver(options: SocketReceiverOptions): SlackReceiver {
  const { log, random, shared } = options;
  const client = { ...options.client, logger: slackLogger(log) };
  let lines: SocketLine[] = [];
  let deliver: Deliver = async (_body, acknowledge) => acknowledge();
  const own = () => lines.reduce((sum, line) => sum + line.connections(), 0);
  const expected = () => Math.max(options.lines, own() + 1);
  return {
    init(app) {
      deliver = throughBolt(app, log);
    },
    async start() {
      const open = (stop: AbortSignal) =>
        openSession({ client, deliver, log, expected, shared }, stop);
      lines = Array.from({ length: options.lines }, () => startSocketLine({ open, log, random }));
    },
    async stop() {
      await Promise.all(lines.map((line) => line.stop()));
    },
    ready() {
      const troubles = lines.map((line) => line.trouble());
      if (troubles.includes(null)) return { ok: true, why: null };
      return { ok: false, why: troubles[0] ?? 'Gatehouse has not started to listen to Slack' };
    },
  };
}
