import type { Ids } from '../state/ids.ts';
import type { ResponseUrl, World } from '../state/world.ts';

/** How long a response address works, in milliseconds. */
const lifetime = 30 * 60_000;

/** How often it works. */
const allowed = 5;

/** How many are remembered. */
const kept = 2000;

/** The addresses at which an app may answer without a token: five times, for half an hour. */
export interface ResponseUrls {
  make(place: Omit<ResponseUrl, 'id' | 'at' | 'uses'>): ResponseUrl;
  find(id: string): ResponseUrl | 'invalid_url' | 'expired_url' | 'used_url';
}

/** The path of a response address. */
export const responsePath = ({ id }: ResponseUrl): string => `/response/${id}`;

/** Kept in the world, so that an answer given after a restart still arrives. */
export function createResponseUrls(world: World, now: () => number, ids: Ids): ResponseUrls {
  return {
    make(place) {
      const made = { ...place, id: ids.secret(), at: now(), uses: 0 };
      world.responses.push(made);
      if (world.responses.length > kept) world.responses.shift();
      return made;
    },
    find(id) {
      const found = world.responses.findLast((response) => response.id === id);
      if (!found) return 'invalid_url';
      if (now() - found.at > lifetime) return 'expired_url';
      return found.uses >= allowed ? 'used_url' : found;
    },
  };
}
