/**
 * How long a test waits, in milliseconds, for what is going to happen. What does happen is seen at once,
 * so this costs nothing; it is that long because a machine may stand still for a while, and that is no mistake.
 */
export const patience = 60_000;
