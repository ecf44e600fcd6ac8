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
  for (const { key, channel, says, deleted } of messages) {
    if (deleted) continue;
    must(!posts.has(`${key.outbox} ${channel}`), `${says.kind} ${says.subject} stands twice`);
    posts.add(`${key.outbox} ${channel}`);
  }
  const numbers = [...channels.values()]
    .filter(({ archived }) => !archived)
    .map(({ name }) => /^(inc|sec)-(\d+)/.exec(name)?.[0] ?? name);
  must(new Set(numbers).size === numbers.length, 'an incident has two channels');
}
