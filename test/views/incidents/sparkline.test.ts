import fc from 'fast-check';
import { expect, test } from 'vitest';
import { healths } from '../../../src/core/health.ts';
import { sparkline } from '../../../src/views/incidents/sparkline.ts';

test('each look is one sign, and each state another', () => {
  expect(sparkline(['up', 'degraded', 'down', 'unknown'])).toBe('▇▅▁·');
  expect(sparkline([])).toBe('');
});

test('the newest are shown, as many as there is room for', () => {
  const looks = fc.array(fc.constantFrom(...healths), { maxLength: 60 });
  fc.assert(
    fc.property(looks, fc.integer({ min: 1, max: 40 }), (list, most) => {
      expect(sparkline(list, most)).toBe(
        list
          .slice(-most)
          .map((one) => sparkline([one]))
          .join(''),
      );
      expect([...sparkline(list, most)]).toHaveLength(Math.min(list.length, most));
    }),
  );
});
