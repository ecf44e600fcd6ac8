import type { Requested } from '../../core/action.ts';
import type { Denied } from '../../core/capabilities.ts';

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

/** Until when, and by whom and why: one clause. */
export function entryText(entry: Denied): string {
  const until = entry.until === null ? 'for ever' : `until ${new Date(entry.until).toISOString()}`;
  const run = runOf(entry);
  return `blocked ${until}${run === null ? '' : ` by ${run}`} (${whyOf(entry)})`;
}
