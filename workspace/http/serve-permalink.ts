import type { IncomingMessage, ServerResponse } from 'node:http';
import { people } from '../people.ts';
import type { Workspace } from '../workspace.ts';

/** Leads from a message's permalink to its channel in the page, seen by the first on-call engineer. */
export function servePermalink(
  { world }: Workspace,
  _request: IncomingMessage,
  response: ServerResponse,
  channel: string,
): void {
  const known = world.channels.find(({ id }) => id === channel);
  const place = known?.members.includes(people.onCall1) ? `#left=${people.onCall1}/${channel}` : '';
  response.writeHead(302, { location: `/${place}` }).end();
}
