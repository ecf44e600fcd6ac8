/** What came of one part of the proof. */
export interface Outcome {
  /** What was done, with figures. */
  done: string;
  /** What is wrong, a line each; nothing when it holds. */
  wrong: readonly string[];
}

/** One part of the proof. */
export interface Part {
  name: string;
  prove(): Promise<Outcome>;
}
