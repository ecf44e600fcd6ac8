/** A mistake that only shows when parts of the file are held against each other. */
export interface RuleBreak {
  path: (string | number)[];
  says: string;
}
