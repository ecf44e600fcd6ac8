import type { RunTools } from '../run-tools.ts';

/** How often it is looked whether a review is late, in milliseconds. */
const every = 60_000;

/**
 * Reminds of reviews that are late, when it was not looked lately: each reminder once, whichever process
 * is first, and of those that were missed only the last. What reaches nobody now is tried again.
 */
export function remindingOfReviews(
  tools: Pick<RunTools, 'approvals' | 'breakGlass' | 'reviewPlaces' | 'clock'>,
): () => Promise<void> {
  const { approvals, breakGlass, reviewPlaces, clock } = tools;
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const rule = approvals().breakGlass;
    if (!rule || !breakGlass || !reviewPlaces || clock.monotonic() < next) return;
    next = clock.monotonic() + every;
    for (const late of await breakGlass.late(rule.review.within)) {
      const to = reviewPlaces(late);
      if (to.length > 0) await breakGlass.remind(late, to);
    }
  };
}
