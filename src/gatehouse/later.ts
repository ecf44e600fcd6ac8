/** What is loaded when somebody first needs it. A load that failed is tried again by the next who does. */
export interface Later<Part> {
  /** The part itself, loaded by now. */
  get(): Promise<Part>;
  /** Whether anybody has needed it. */
  begun(): boolean;
}

/** Loads a part when it is first needed: the first answers do without what only changes need. */
export function later<Part>(load: () => Promise<Part>): Later<Part> {
  let part: Promise<Part> | null = null;
  return {
    get: () => {
      part ??= load().catch((error: unknown) => {
        part = null;
        throw error;
      });
      return part;
    },
    begun: () => part !== null,
  };
}

type Asynchronous = (...given: never[]) => Promise<unknown>;

/**
 * A port whose part is loaded by the first call. Of the part only methods that answer with a promise can be
 * had this way; nothing else is there to be read.
 */
export const portOf = <Part extends object, Port extends Record<keyof Port, Asynchronous>>(
  part: Later<Part>,
  methods: { readonly [Name in keyof Port]: true },
  pick: (loaded: Part) => Port,
): Port =>
  Object.fromEntries(
    Object.keys(methods).map((name) => [
      name,
      async (...given: never[]) => pick(await part.get())[name as keyof Port](...given),
    ]),
  ) as Port;
