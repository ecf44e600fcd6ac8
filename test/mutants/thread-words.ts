/** Which mutants were met, and how often: while files were read, and in each test. */
export interface Coverage {
  static: Record<string, number>;
  perTest: Record<string, Record<string, number>>;
}

/** What a thread begins with. */
export interface Begun {
  /** Where the code with the mutants is. */
  folder: string;
  /** The files of tests, in their order. */
  files: readonly string[];
  /** The mutant that is there from the beginning, for those that are met while files are read. */
  active?: string | undefined;
  /** One number, which grows with each test that is begun. */
  begun: Int32Array;
}

/** What a thread is asked to do. */
export interface Asked {
  /** The ids of tests; all without. */
  tests?: readonly string[] | undefined;
  mutant?: string | undefined;
  /** How often it may be met at most: what meets it more often never ends. */
  hitLimit?: number | undefined;
}

/** What came of it. */
export interface Answer {
  done: { id: string; name: string; ms: number }[];
  failed: { id: string; why: string } | null;
  /** Whether the test that failed also fails without the mutant. */
  isSpoilt: boolean;
  /** Whether the mutant was met too often, or a test went on without end. */
  isEndless: boolean;
  coverage: Coverage | null;
  /** Why the tests could not be read, if so. */
  unreadable?: string;
}
