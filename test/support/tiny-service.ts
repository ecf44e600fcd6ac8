import type { ServerResponse } from 'node:http';
import { httpServer } from './local-server.ts';

/** How a service behaves: `hung` takes requests and answers none, `slow` takes longer than its check allows. */
export type Mood = 'up' | 'slow' | 'hung' | 'broken';

/** A service to look after, with a health endpoint. */
export interface TinyService {
  url: string;
  /** From now on it behaves like this. What it held back while it hung is answered now. */
  be(mood: Mood): void;
  /** Requests it holds back now. */
  held(): number;
  /** Ends it: its port refuses connections. */
  end(): Promise<void>;
}

/** Longer than the catalogue's `within` of {@link slowerThan}, in milliseconds. */
const slowness = 1_050;
/** What the checks of the stories call slow. */
export const slowerThan = '1s';

/** Starts one on a free port, in good health. */
export async function startService(): Promise<TinyService> {
  let mood: Mood = 'up';
  const held = new Set<ServerResponse>();
  const answer = (response: ServerResponse) => {
    held.delete(response);
    response.writeHead(mood === 'broken' ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: mood === 'broken' ? 'broken' : 'healthy' }));
  };
  const server = await httpServer((_request, response) => {
    if (mood === 'slow') setTimeout(answer, slowness, response);
    else if (mood === 'hung') {
      held.add(response);
      response.once('close', () => held.delete(response));
    } else answer(response);
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    be(next) {
      mood = next;
      if (mood !== 'hung') for (const response of [...held]) answer(response);
    },
    held: () => held.size,
    end: server.stop,
  };
}
