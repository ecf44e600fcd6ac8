import { setImmediate as turn } from 'node:timers/promises';
import { afterEach } from 'vitest';

/** After so many turns nothing goes on any more that does not wait for time. */
const enough = 10;

// What a test has set off belongs to it. What goes on between two tests counts as what all of them need, and
// each mutant in there is tried with every test there is.
afterEach(async () => {
  for (let turns = 0; turns < enough; turns += 1) await turn();
});
