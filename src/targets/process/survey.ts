import type { Instance } from '../../core/capabilities.ts';
import { listInstances } from './list-instances.ts';
import type { Place } from './place.ts';
import { unreadiness } from './readiness.ts';
import { readWanted } from './wanted.ts';

/** A copy, and whether it takes requests. */
export interface Surveyed extends Instance {
  ready: boolean;
  /** What is wrong with it, as a clause such as `does not run`. */
  trouble: string | null;
}

/** All copies of a system that can be scaled. */
export interface Survey {
  wanted: number;
  copies: readonly Surveyed[];
}

/** Looks at every copy that is wanted or runs, and asks each whether it is ready. */
export async function survey(place: Place, signal: AbortSignal): Promise<Survey> {
  const [wanted, instances] = await Promise.all([readWanted(place), listInstances(place)]);
  const copies = instances.map(async (instance): Promise<Surveyed> => {
    const configured = place.instances.find(({ name }) => name === instance.id) ?? {};
    const trouble = stateTrouble(instance) ?? (await unreadiness(configured, signal));
    const isWanted = place.instances.slice(0, wanted).some(({ name }) => name === instance.id);
    return {
      ...instance,
      ready: trouble === null,
      trouble: isWanted ? trouble : 'runs and is not wanted',
    };
  });
  return { wanted, copies: await Promise.all(copies) };
}

function stateTrouble({ health }: Instance): string | null {
  if (health === 'up') return null;
  return health === 'down' ? 'does not run' : 'has a pid file that cannot be read';
}
