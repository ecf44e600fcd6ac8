import type { World } from '../state/world.ts';

/** A channel as payloads name it. */
export function placeOf({ channels }: World, id: string): { id: string; name: string } {
  const channel = channels.find((other) => other.id === id);
  const name = channel?.kind === 'channel' ? channel.name : null;
  return { id, name: name ?? (channel?.kind === 'im' ? 'directmessage' : 'privategroup') };
}
