import { type Clearing, clearChannel } from '../bot/outbox/clear-channel.ts';
import type { Incident, TracesAnswer } from '../core/incident.ts';
import type { Outbox, StandingMessage } from '../core/outbox.ts';

/** What it takes to find everything that everybody could read. */
export interface ClearingTraces extends Clearing {
  outbox: Pick<Outbox, 'standings'>;
}

/** The database's clock and Slack's may differ by this much, in milliseconds. */
const skew = 60_000;

/**
 * Takes away what everybody could read of an incident, one channel after the other: the channels that it has left,
 * where it was announced, and wherever else the outbox says that something of it stands. What was said to one
 * person, and what was approved for stakeholders, stays.
 */
export const clearTraces =
  ({ outbox, ...clearing }: ClearingTraces) =>
  async (incident: Incident): Promise<TracesAnswer> => {
    const { id, traces, times } = incident;
    const { rooms = [], places = [] } = traces ?? {};
    const open = (await outbox.standings(id)).filter((one) => isOpen(incident, rooms, one));
    const channels = new Set([...rooms, ...places, ...open.map(({ channel }) => channel)]);
    const since = Math.floor((times.declared - skew) / 1_000);
    const stand: { channel: string; why: string }[] = [];
    let emptied = 0;
    let later: string | null = null;
    for (const channel of channels) {
      const known = open.filter((one) => one.channel === channel).map(({ ts }) => ts);
      const isRoom = rooms.includes(channel);
      const done = await clearChannel(clearing, { incident: id, channel, since, known, isRoom });
      emptied += done.emptied;
      // Where it was never heard of that something was said, nothing can be where nothing can be read.
      const isKnown = isRoom || known.length > 0;
      if (done.trouble?.again) later ??= done.trouble.why;
      else if (done.trouble && isKnown) stand.push({ channel, why: done.trouble.why });
    }
    if (later !== null) return { kind: 'later', emptied, why: later };
    return { kind: 'looked', emptied, stand };
  };

/** Whether more people read it there than those who work on it; the channel that it has now is its own. */
function isOpen(
  { rules }: Incident,
  rooms: readonly string[],
  { channel, to }: Pick<StandingMessage, 'channel' | 'to'>,
): boolean {
  const isToChannel = !/^(user|incident):/.test(to) && to !== rules.channels.stakeholders;
  return isToChannel || rooms.includes(channel);
}
