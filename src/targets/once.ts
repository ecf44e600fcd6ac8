import { TargetError } from '../core/errors.ts';

/** A thing that is made when it is first needed. */
export interface Once<T> {
  /** Makes it, or returns what was made; whoever asks meanwhile gets the same. A failure is forgotten. */
  get(): Promise<T>;
  /** Lets go of it, once made, and gives it to nobody after. Does nothing the second time. */
  end(release: (made: T) => Promise<void>): Promise<void>;
}

/** Makes a thing at most once at a time, until it is ended. */
export function once<T>(make: () => Promise<T>): Once<T> {
  let made: Promise<T> | null = null;
  let ended = false;

  return {
    get: async () => {
      if (ended) throw new TargetError('Gatehouse is shutting down', { retryable: false });
      made ??= make().catch((error) => {
        made = null;
        throw error;
      });
      return made;
    },
    end: async (release) => {
      if (ended) return;
      ended = true;
      const thing = await made?.catch(() => null);
      if (thing) await release(thing);
    },
  };
}
