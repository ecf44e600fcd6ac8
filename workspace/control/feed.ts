import type { ServerResponse } from 'node:http';
import type { Feed } from '../protocol.ts';

/** Everybody who watches the workspace, and what they are told. */
export interface FeedHub {
  /** Keeps the response open and writes what `user` may see to it, a snapshot first. */
  open(user: string, response: ServerResponse): void;
  /** Tells every watcher who may see it; without `sees`, everybody. */
  publish(entry: Feed, sees?: (user: string) => boolean): void;
  /** Sends these watchers, or all, everything anew: what they may see has changed. */
  renew(users?: readonly string[]): void;
  close(): void;
}

/** A watcher who does not read is let go when this many bytes wait for them. */
const backlog = 8_000_000;

/** Server-sent events. `snapshot` is what somebody sees when they begin to watch. */
export function createFeedHub(snapshot: (user: string) => Feed): FeedHub {
  const watchers = new Map<ServerResponse, string>();
  const send = (response: ServerResponse, entry: Feed) => {
    response.write(`data: ${JSON.stringify(entry)}\n\n`);
    if (response.writableLength > backlog) response.destroy();
  };
  const beat = setInterval(() => {
    for (const response of watchers.keys()) response.write(': still here\n\n');
  }, 15_000).unref();

  return {
    open(user, response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      watchers.set(response, user);
      response.once('close', () => watchers.delete(response));
      send(response, snapshot(user));
    },
    publish(entry, sees = () => true) {
      for (const [response, user] of watchers) if (sees(user)) send(response, entry);
    },
    renew(users) {
      for (const [response, user] of watchers) {
        if (!users || users.includes(user)) send(response, snapshot(user));
      }
    },
    close() {
      clearInterval(beat);
      for (const response of watchers.keys()) response.end();
    },
  };
}
