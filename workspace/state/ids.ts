import { randomBytes } from 'node:crypto';
import type { World } from './world.ts';

/** Makes the names of new things. Part number, part chance: never the same twice, never guessed. */
export interface Ids {
  /** Such as `V0A1B2C3D4E` for the prefix `V`. */
  id(prefix: string): string;
  /** A message's timestamp, later than every one before: `1763769600.000100`. */
  ts(): string;
  /** Something that cannot be guessed, in hexadecimal. */
  secret(): string;
}

/** Ids that go on counting where the kept world stopped. */
export function createIds(world: World, clock: { now(): number }): Ids {
  return {
    id(prefix) {
      world.lastId += 1;
      const number = world.lastId.toString(36).padStart(5, '0').slice(-5);
      const chance = randomBytes(4).readUInt32BE().toString(36).padStart(5, '0').slice(-5);
      return `${prefix}${`${number}${chance}`.toUpperCase()}`;
    },
    ts() {
      world.lastTs = Math.max(world.lastTs + 1, clock.now() * 1000);
      const seconds = Math.floor(world.lastTs / 1_000_000);
      return `${seconds}.${String(Math.floor(world.lastTs) % 1_000_000).padStart(6, '0')}`;
    },
    secret: () => randomBytes(16).toString('hex'),
  };
}
