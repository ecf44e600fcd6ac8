import type { Requested } from '../../core/action.ts';
import type { Denied } from '../../core/capabilities.ts';

/** For how long the system itself keeps an entry after Gatehouse should have taken it away, in milliseconds. */
export const net = 5 * 60_000;

/** How much of a reason a list keeps, in characters. */
const most = 300;

/** The reason that stands on the list: it begins with the run, so that each entry says whose it is. */
export const markedReason = ({ run, reason }: Requested): string =>
  `${run ?? 'nobody'}: ${reason.trim() || 'no reason was given'}`.slice(0, most);

/** The run that put it there; null when the list does not say, or it was not Gatehouse. */
export const runOf = ({ reason }: Pick<Denied, 'reason'>): string | null =>
  /^(R-[\w-]{1,60}): /.exec(reason ?? '')?.[1] ?? null;

/** Why it was put there, without the run. */
export const whyOf = ({ reason }: Pick<Denied, 'reason'>): string =>
  (reason ?? '').replace(/^R-[\w-]{1,60}: /, '') || 'no reason';

/**
 * When it ends, in milliseconds since 1970; null when never. What Gatehouse put there it takes away itself: the
 * system would keep it for a while longer, in case Gatehouse is away then.
 */
export const endOf = (entry: Denied): number | null =>
  entry.until === null ? null : runOf(entry) === null ? entry.until : entry.until - net;

/** Until when, in words. */
export function untilText(entry: Denied): string {
  const end = endOf(entry);
  return end === null ? 'for ever' : `until ${new Date(end).toISOString()}`;
}

/** Until when, and by whom and why: one clause. */
export function entryText(entry: Denied): string {
  const run = runOf(entry);
  return `blocked ${untilText(entry)}${run === null ? '' : ` by ${run}`} (${whyOf(entry)})`;
}
