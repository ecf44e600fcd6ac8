import type { Unconfirmed } from '../../core/outbox.ts';
import { code } from '../text/code.ts';
import { channelMention, mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';

/** How many places are named. */
const mostNamed = 5;

/** The messages about one run that may not stand in Slack as they should; nothing when there are none. */
export function unconfirmedLines(all: readonly Unconfirmed[]): string[] {
  if (all.length === 0) return [];
  const named = all.slice(0, mostNamed).map(({ to, since, why, kind }) => {
    const what = kind === 'end' || kind === 'ended' ? 'That it ended' : 'Its card';
    return `• ${what}, for ${placeText(to)}: given up ${moment(since)}, ${prose(why, 120)}`;
  });
  const more = all.length > mostNamed ? [`• and ${all.length - mostNamed} more`] : [];
  const head =
    ':warning: *Unconfirmed:* not every message about this run reached Slack, so people may not see how it is now.';
  return [head, ...named, ...more];
}

/** How many messages of all runs may not stand in Slack as they should, for the Home tab; null for none. */
export function unconfirmedText(runs: readonly string[], count: number): string | null {
  if (count === 0) return null;
  const which = runs
    .slice(0, mostNamed)
    .map((id) => code(id, 80))
    .join(' ');
  return `:warning: ${count} ${count === 1 ? 'message' : 'messages'} may not have reached Slack (${which}). ${code('/auth run ID')} shows where and why; what Gatehouse says here is right.`;
}

const placeText = (to: string): string =>
  to.startsWith('user:') ? mention(to.slice('user:'.length)) : channelMention(to);
