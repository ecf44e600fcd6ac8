import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withTraffic } from '../../../../workspace/page/state/traffic.ts';
import type { Traffic } from '../../../../workspace/protocol.ts';

const line = (seq: number) => ({ seq }) as Traffic;

test('both panes hear of every line, in any order; each is kept once, in order, the last 500', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 700 }), (heard) => {
      const lines = heard.reduce<readonly Traffic[]>(
        (kept, seq) => withTraffic(kept, [line(seq)]),
        [],
      );
      const seqs = lines.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      expect(lines.length).toBe(Math.min(500, seqs.length));
    }),
    { numRuns: 20 },
  );
});

test('what was missed comes before what is known', () => {
  const lines = withTraffic([line(3)], [line(1), line(2), line(3)]);
  expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});
