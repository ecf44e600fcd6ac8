import type { Known, Must } from './line.ts';
import type { Slack } from './slack.ts';

/** No two incidents have one channel. */
export function oneChannelEach(all: readonly Known[], must: Must): void {
  const ids = all.flatMap(({ incident }) => incident.channel?.id ?? []);
  must(new Set(ids).size === ids.length, 'two incidents have one channel');
}

/** Nothing stands twice in one channel; no incident has two channels at a time. */
export function onePostEach({ messages, channels }: Slack, must: Must): void {
  const posts = new Set<string>();
  for (const { kind, row, channel, subject } of messages) {
    must(!posts.has(`${row} ${channel}`), `${kind} ${subject} stands twice`);
    posts.add(`${row} ${channel}`);
  }
  const numbers = [...channels.values()]
    .filter(({ archived }) => !archived)
    .map(({ name }) => /^(inc|sec)-(\d+)/.exec(name)?.[0] ?? name);
  must(new Set(numbers).size === numbers.length, 'an incident has two channels');
}

/** What was said so late is still on its way, in milliseconds. */
const soon = 5_000;

/** Whatever a change says has to be heard has arrived where somebody can read. */
export function everythingArrived(
  slack: Slack,
  all: readonly Known[],
  must: Must,
  now: number,
): void {
  const posted = new Set(slack.messages.map(({ row }) => row));
  for (const known of all) {
    const { id } = known.incident;
    for (const { after, messages } of known.lines) {
      if (after.changedAt > now - soon) continue;
      for (const { kind, to } of messages) {
        const subject = kind === 'notice' ? `${id}/${after.version}` : id;
        const there = posted.has(JSON.stringify([subject, kind, to]));
        must(there || isClosedTo(slack, known, to), `${kind} ${subject} never arrived at ${to}`);
      }
    }
  }
}

/** Whether nothing could be written there, at some time or now. */
function isClosedTo({ channels }: Slack, { incident, lines }: Known, to: string): boolean {
  const isArchived = (id: string | undefined) => channels.get(id ?? '')?.archived ?? false;
  if (!to.startsWith('incident:')) return isArchived(to);
  if (incident.channel === null || incident.channel.lost !== null) return true;
  return lines.some(({ after }) => isArchived(after.channel?.id));
}
