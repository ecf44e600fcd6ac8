import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';

/** One Socket Mode connection, from its opening to its end. It is never opened again. */
export interface SocketConnection {
  /** To be called when Slack has said hello: until then the connection counts as not open. */
  greeted(): void;
  /** Sends a frame. @throws {Error} when the connection is not open. */
  send(frame: object): Promise<void>;
  /** Ends it; resolves when it has ended. */
  close(): Promise<void>;
  /** Resolves when it has ended, whoever ended it. */
  closed: Promise<void>;
}

/** What a connection is opened with. `receive` gets the text of every frame, unread. */
export interface SocketConnectionOptions {
  client: Omit<SocketModeOptions, 'autoReconnectEnabled'>;
  receive(text: string, connection: SocketConnection): void;
}

/**
 * The SDK's client with its reading of frames taken out: version 3.1.0 looks into frames that it has
 * not checked, and one without an inner event ends the process. Its own way of connecting again is
 * off as well: it waits five seconds after every refresh, and what goes wrong in its second attempt
 * is caught by nobody.
 */
class UncheckedClient extends SocketModeClient {
  readonly #receive: (text: string) => void;

  constructor(options: SocketModeOptions, receive: (text: string) => void) {
    super({ ...options, autoReconnectEnabled: false });
    this.#receive = receive;
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer): Promise<void> {
    if (typeof data === 'string') this.#receive(data);
  }
}

/** How long Slack may take from the opening of a connection to its hello, in milliseconds. */
const patience = 12_000;

/**
 * Opens a connection and waits for Slack's hello.
 *
 * @throws {Error} when Slack refuses, cannot be reached, says no hello in time, or `stop` is given.
 */
export async function openSocket(
  { client: options, receive }: SocketConnectionOptions,
  stop: AbortSignal,
): Promise<SocketConnection> {
  const client = new UncheckedClient(options, (text) => receive(text, connection));
  const connection: SocketConnection = {
    greeted: () => void client.emit('connected'),
    send: (frame) => sendOver(client, frame),
    close: () => client.disconnect(),
    closed: new Promise((resolve) => client.once('disconnected', () => resolve())),
  };
  const enough = AbortSignal.any([stop, AbortSignal.timeout(patience)]);
  const starting = client.start();
  const started = async () => {
    if (enough.aborted) await client.disconnect(); // nobody waits for it any more
  };
  starting.then(started).catch(() => {});
  await Promise.race([starting, givenUp(enough)]).catch((error: unknown) => {
    void client.disconnect();
    throw error ?? new Error('the connection ended before Slack said hello');
  });
  return connection;
}

const givenUp = (enough: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const giveUp = () => reject(new Error('Slack did not say hello in time'));
    if (enough.aborted) giveUp();
    else enough.addEventListener('abort', giveUp, { once: true });
  });

function sendOver({ websocket }: SocketModeClient, frame: object): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!websocket?.isActive()) throw new Error('the connection to Slack is not open');
    websocket.send(JSON.stringify(frame), (error) => (error ? reject(error) : resolve()));
  });
}
