/** Who wants to hear soon after something has changed. */
export interface Listeners {
  add(listener: () => void): void;
  tell(): void;
}

/** Nobody listens yet. */
export function createListeners(): Listeners {
  const all: (() => void)[] = [];
  return {
    add: (listener) => void all.push(listener),
    tell: () => {
      for (const listener of all) queueMicrotask(listener);
    },
  };
}
