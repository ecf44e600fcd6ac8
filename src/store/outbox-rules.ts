/** For how long a row belongs to whoever has taken it, in milliseconds. */
export const takenFor = 10_000;

/** After so many tries that did not succeed nothing more is tried, until there is something newer to show. */
export const maxTries = 12;
