import { expect, test } from 'vitest';
import { healthInk, ink } from '../../src/charts/ink.ts';

/** Luminance after WCAG 2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const { card, rule: _rule, offline, ...texts } = ink;

test.each(Object.entries({ ...texts, ...healthInk }))('%s can be read on the card', (_, colour) => {
  expect(contrast(colour, card)).toBeGreaterThanOrEqual(4.5);
});

test('the hatching can be told from the card, and the number from its disc', () => {
  expect(contrast(offline, card)).toBeGreaterThanOrEqual(3);
  expect(contrast(card, ink.strong)).toBeGreaterThanOrEqual(4.5);
});
