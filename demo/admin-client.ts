import { readFileSync } from 'node:fs';
import { placesOf, readSettings } from './layout.ts';

/** Asks the admin API of a system, with the token from its folder. Throws when it refuses or is not there. */
export async function askAdmin(
  data: string,
  name: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const places = placesOf(data, name);
  const { port } = readSettings(places.directory);
  const token = readFileSync(places.adminToken, 'utf8').trim();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${name} refused: ${answer.error}`);
  return answer;
}
