import { settle } from './time.ts';
import type { Replica, World } from './world.ts';

const minute = 60_000;
/** Between two signs of life, in milliseconds. */
const between = 18_000;

/** Goes to when something is due next, or a moment later, and lets the processes look at it. */
export async function advance(world: World, replicas: readonly Replica[]): Promise<void> {
  const { time, chance, judge } = world;
  const now = time.now();
  world.putOff = world.putOff.filter((at) => at > now);
  const due = [judge.nextWake(), time.nextTimer() ?? now, ...world.putOff].filter((at) => at > now);
  const isSoon = judge.watching() || judge.missing() || judge.resting() || judge.vacant();
  const isHeld = !world.troubled && replicas.some((one) => one.process.alive && one.holding());
  const soon = isSoon || isHeld ? 30_000 : 10 * minute;
  const late = chance.of(0.3) ? Math.floor(chance.next() * 1_000) : 0;
  const next = Math.min(...due, judge.overdue() ? now + 1_000 : now + soon) + late;
  await time.goTo(
    next,
    (at) => {
      if (at < world.beatAt + between) return;
      world.beatAt = at;
      if (replicas.some(({ process }) => process.alive)) void world.store.presence.beat();
    },
    !world.troubled,
  );
  for (const replica of replicas) if (chance.of(0.8)) replica.tick();
  await settle();
}
