import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { createInFlight } from '../in-flight.ts';
import { acknowledgeOnce } from './acknowledgement.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import {
  openSocket,
  type SocketConnection,
  type SocketConnectionOptions,
} from './socket-connection.ts';
import type { Deliver } from './through-bolt.ts';

/** What a session needs. */
export interface SocketSessionOptions {
  client: SocketConnectionOptions['client'];
  deliver: Deliver;
  log: Log;
  /** How many connections this process alone needs; more are reported, for they take deliveries away. */
  expected(): number;
  /** Whether those may be of a process on the same database, which works on what it takes. */
  shared: boolean;
}

/** One connection with its frames read and its deliveries handed on. */
export interface SocketSession {
  /** Resolves when Slack wants it replaced, and at the latest when it has ended. */
  over: Promise<void>;
  /** Resolves when it has ended. */
  closed: Promise<void>;
  /** Sends the acknowledgements that are still owed, then ends it; each takes two seconds at most. */
  close(): Promise<void>;
}

const patience = 2_000;

/** Opens a session. @throws {Error} as {@link openSocket}. */
export async function openSession(
  options: SocketSessionOptions,
  stop: AbortSignal,
): Promise<SocketSession> {
  const owed = createInFlight();
  const replaced = Promise.withResolvers<void>();
  const receive = (text: string, connection: SocketConnection) => {
    const read = readEnvelope(text);
    if (!read.ok) return options.log.warn({ why: read.error }, 'Dropped a frame from Slack');
    if (read.value.kind === 'disconnect') replaced.resolve();
    take(read.value, connection, options, (acknowledging) => void owed.add(acknowledging));
  };
  const connection = await openSocket({ client: options.client, receive }, stop);
  return {
    over: Promise.race([connection.closed, replaced.promise]),
    closed: connection.closed,
    async close() {
      await owed.idle(patience);
      await within(patience, () => connection.close()).catch(() => 'Slack did not close its side');
    },
  };
}

function take(
  envelope: Envelope,
  connection: SocketConnection,
  { deliver, log, expected, shared }: SocketSessionOptions,
  owe: (acknowledging: Promise<void>) => void,
): void {
  switch (envelope.kind) {
    case 'hello':
      tellOfOthers({ connections: envelope.connections ?? 0, expected: expected() }, shared, log);
      connection.greeted();
      break;
    case 'disconnect':
      log.info({ reason: envelope.reason }, 'Slack ends a connection; another is opened');
      break;
    case 'ignored':
      log.info({ what: envelope.what }, 'Ignored a delivery from Slack');
      void acknowledgement(connection, envelope.id, log)();
      break;
    case 'delivery': {
      const acknowledged = Promise.withResolvers<void>();
      const acknowledge = acknowledgement(connection, envelope.id, log);
      const done = () => acknowledged.resolve();
      owe(acknowledged.promise);
      void deliver(envelope.body, (payload) => acknowledge(payload).then(done)).then(done);
    }
  }
}

/** Only who runs them knows whether the other one works on the same database. */
function tellOfOthers(
  found: { connections: number; expected: number },
  shared: boolean,
  log: Log,
): void {
  if (found.connections <= found.expected) return;
  if (shared) {
    log.info(
      found,
      'Another process uses this Slack app too; on the same database both share the work',
    );
  } else log.warn(found, 'Another process uses this Slack app and takes deliveries away');
}

const acknowledgement = (connection: SocketConnection, id: string, log: Log) =>
  acknowledgeOnce(
    (payload) => connection.send(payload ? { envelope_id: id, payload } : { envelope_id: id }),
    (error) => log.warn({ why: messageOf(error) }, 'An acknowledgement did not reach Slack'),
  );
