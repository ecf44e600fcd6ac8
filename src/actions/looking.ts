/** How long one look at a target may take, in milliseconds: a plan may need several. */
const patience = 4_000;

/** A signal for one look. */
export const soon = (): AbortSignal => AbortSignal.timeout(patience);
