import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { altText } from '../../src/charts/alt-text.ts';
import { anyChart } from './any-chart.ts';
import { minute, sample, sampleChart, start } from './sample-chart.ts';

describe('the picture in words', () => {
  test('tells each state by its name and its time, and every figure', () => {
    expect(altText(sampleChart())).toBe(
      [
        'INC-42 · Login fails for all users, 14:00 to 15:00 UTC.',
        'Failing checks: 2 % at 14:59, highest 60 % at 14:10.',
        'The limit is 10 %.',
        'Response time: 180 ms at 14:59, highest 1.8 s at 14:10.',
        'rust-auth@prod: last seen up; down 14:10 to 14:20.',
        'rms-auth@prod: up whenever it was looked at.',
      ].join(' '),
    );
  });

  test('says when Gatehouse was offline, and claims nothing of that time', () => {
    const offline = [{ from: start + 30 * minute, to: start + 40 * minute }];
    const samples = sampleChart()
      .samples.filter((_, at) => at < 30 || at >= 40)
      .map((one) => ({ ...one, health: { 'rust-auth@prod': 'down' as const } }));
    const words = altText(sampleChart({ offline, samples }));
    expect(words).toContain('Gatehouse was offline 14:30 to 14:40: nothing was measured then.');
    expect(words).toContain(
      'rust-auth@prod: last seen down; down 14:00 to 14:30, down 14:40 to 15:00.',
    );
    expect(words).toContain('rms-auth@prod was not looked at.');
  });

  test('tells every mark, also those for which the picture has no room', () => {
    const marks = Array.from({ length: 5 }, (_, after) => ({
      at: start + after * minute,
      kind: 'update' as const,
      label: `update ${after}`,
    }));
    expect(altText(sampleChart({ marks }))).toMatch(
      /What happened: 14:00 update 0; 14:01 update 1; .*14:04 update 4\.$/,
    );
  });

  test('tells the worst when there is too much to tell', () => {
    const states = ['up', 'degraded', 'up', 'down', 'up', 'unknown'] as const;
    const samples = Array.from({ length: 60 }, (_, after) =>
      sample(after, { health: { 'rust-auth@prod': states[after % 6] ?? 'up' } }),
    );
    const words = altText(sampleChart({ samples, services: ['rust-auth@prod'] }));
    expect(words.match(/down \d/g)).toHaveLength(4);
    expect(words).toContain('and 26 more times not up');
  });

  test('of nothing says so', () => {
    expect(altText(sampleChart({ samples: [], services: [], limit: null }))).toBe(
      'INC-42 · Login fails for all users, 14:00 to 15:00 UTC. Failing checks: not measured.',
    );
  });

  test('names days when it is longer than one', () => {
    const words = altText(sampleChart({ to: start + 48 * 60 * minute }));
    expect(words).toContain('22 Nov 14:00 to 24 Nov 14:00 UTC');
  });

  test('is one line of at most 2,000 characters, whatever it is given', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        const words = altText(chart);
        expect(words.length).toBeLessThanOrEqual(2_000);
        expect(words).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(words.isWellFormed()).toBe(true);
        const ours = altText({
          ...chart,
          title: '',
          measure: 'Failing checks',
          services: [],
          marks: [],
        });
        expect(ours).not.toMatch(/NaN|Infinity|undefined|null|Invalid/);
      }),
    );
  });

  test('keeps what happened, however many services there are', () => {
    const services = Array.from({ length: 80 }, (_, at) => `service-number-${at}-of-eighty@prod`);
    const marks = [{ at: start, kind: 'action' as const, label: 'rollback done' }];
    const words = altText(sampleChart({ services, marks }));
    expect(words).toMatch(/What happened: 14:00 rollback done\.$/);
    expect(words.length).toBeLessThanOrEqual(2_000);
  });
});
