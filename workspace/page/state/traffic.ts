import type { Traffic } from '../../protocol.ts';

/** The inspector forgets the oldest lines beyond this many. */
const kept = 500;

/** The lines with some more, in order; both panes hear of the same line, which counts once. */
export function withTraffic(
  lines: readonly Traffic[],
  more: readonly Traffic[],
): readonly Traffic[] {
  const last = lines.at(-1)?.seq ?? 0;
  const fresh = more.filter(({ seq }) => seq > last);
  if (fresh.length === more.length && fresh.length === 1) return [...lines, ...fresh].slice(-kept);
  const bySeq = new Map([...lines, ...more].map((line) => [line.seq, line]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-kept);
}
