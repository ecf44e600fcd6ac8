/** A command of the runbooks that does something else than it is used for. All texts are plain. */
export interface Danger {
  /** Its number in the review of the runbooks, D1 to D32; X for what was found besides. */
  id: string;
  /** The command as people know it. */
  name: string;
  /** Other ways to ask for it; case and punctuation do not matter. */
  words: readonly string[];
  /** What is wrong with it, for a list: under 90 characters. */
  gist: string;
  /** What really happens. */
  happens: string;
  /** What to do instead. */
  instead: string;
  /** Where the runbooks say it, such as `001 High Memory Usage`. */
  runbook: string;
}
