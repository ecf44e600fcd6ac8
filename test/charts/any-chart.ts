import fc from 'fast-check';
import type { HealthChart } from '../../src/core/chart.ts';
import { healths } from '../../src/core/health.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('</text><script>', ']]>&"\'<', '\u0000\uFFFF\u202E', '\uD800', '__proto__', ''),
);

const moment = fc.oneof(
  fc.integer({ min: 1_763_000_000_000, max: 1_763_010_000_000 }),
  fc.double(),
  fc.constantFrom(-1, 0, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, 9e15),
);

const figure = fc.oneof(
  fc.double({ min: 0, max: 1 }),
  fc.double(),
  fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, -1, 1e308),
);

const service = fc.oneof(fc.constantFrom('rust-auth', 'rms-auth', 'gateway'), text);

const span = fc.record({ from: moment, to: moment });

/** Any chart that types let through, times mostly near one another. */
export const anyChart: fc.Arbitrary<HealthChart> = fc.record({
  title: text,
  measure: text,
  from: moment,
  to: moment,
  every: figure.map((value) => (value ?? 1) * 60_000),
  limit: figure,
  services: fc.array(service, { maxLength: 12 }),
  samples: fc.array(
    fc.record({
      at: moment,
      health: fc.dictionary(service, fc.constantFrom(...healths), { maxKeys: 5 }),
      failing: figure,
      latency: figure,
    }),
    { maxLength: 40 },
  ),
  offline: fc.array(span, { maxLength: 8 }),
  marks: fc.array(
    fc.record({ at: moment, kind: fc.constantFrom('action', 'state', 'update'), label: text }),
    { maxLength: 12 },
  ),
});
