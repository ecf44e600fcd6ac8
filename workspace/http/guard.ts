import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether the request names this server as its host. A page of another site that points its own
 * name at 127.0.0.1 does not.
 */
export const isOurHost = ({ host }: IncomingHttpHeaders, port: number): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;

/** Whether no other site's page sent it: browsers name the sender, programs do not. */
export function isOurOrigin(headers: IncomingHttpHeaders, port: number): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return (
    origin === undefined ||
    origin === `http://127.0.0.1:${port}` ||
    origin === `http://localhost:${port}`
  );
}
