import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/chart-svg.ts';
import { ink } from '../../src/charts/ink.ts';
import { renderChart } from '../../src/charts/render-chart.ts';
import { anyChart } from './any-chart.ts';
import { type Area, countOf, type Pixels, readPng } from './read-png.ts';
import { minute, sample, sampleChart, start } from './sample-chart.ts';

/** An area given in units of the drawing, of which each is two pixels. */
const area = (x: number, y: number, width: number, height: number): Area => ({
  x: x * 2,
  y: y * 2,
  width: width * 2,
  height: height * 2,
});

const draw = async (more = {}): Promise<Pixels> =>
  readPng((await renderChart(sampleChart(more))).png);

describe('the picture', () => {
  let pixels: Pixels;
  beforeAll(async () => {
    const offline = [{ from: start + 30 * minute, to: start + 40 * minute }];
    const marks = [{ at: start + 20 * minute, kind: 'action', label: 'rollback done' }];
    pixels = await draw({ offline, marks });
  });

  // The library draws no text at all, and says nothing, when it cannot read a font.
  test.each<[string, Area, string]>([
    ['title', area(20, 18, 300, 26), ink.strong],
    ['window of time', area(500, 22, 120, 20), ink.soft],
    ['name of a service', area(20, 94, 130, 22), ink.strong],
    ['state of a service in a word', area(560, 94, 60, 22), '#3fb27f'],
    ['name of a curve', area(20, 155, 130, 20), ink.strong],
    ['highest figure', area(20, 175, 130, 20), ink.soft],
    ['newest figure', area(560, 220, 70, 32), ink.failing],
    ['limit', area(20, 195, 130, 20), ink.limit],
    ['line below', area(54, 350, 300, 45), ink.strong],
  ])('holds the %s', (_what, where, colour) => {
    expect(countOf(pixels, where, colour)).toBeGreaterThan(40);
  });

  test('is as large as it says, and opaque, so that it can be read in both themes', async () => {
    const { png, width, height } = await renderChart(sampleChart());
    const read = readPng(png);
    expect([read.width, read.height]).toEqual([width, height]);
    expect(width).toBe(1280);
    for (const [x, y] of [
      [640, 2],
      [640, height - 3],
      [2, height / 2],
      [1277, height / 2],
    ] as const)
      expect(read.at(x, y)).toEqual([0x1f, 0x23, 0x29, 255]);
  });

  test('shows no curve where Gatehouse was offline, but that it was', async () => {
    const { plot, plotEnd } = { plot: 166, plotEnd: 556 };
    const at = (minutes: number) => plot + ((plotEnd - plot) * minutes) / 60;
    const hidden = area(at(31), 100, at(39) - at(31), 230);
    expect(countOf(pixels, hidden, ink.failing)).toBe(0);
    expect(countOf(pixels, hidden, ink.latency)).toBe(0);
    expect(countOf(pixels, hidden, '#3fb27f')).toBe(0);
    expect(countOf(pixels, hidden, ink.offline)).toBeGreaterThan(500);
  });
});

describe('what was not measured', () => {
  const curves = (more = {}) => {
    const { svg } = chartSvg(sampleChart(more));
    return [...svg.matchAll(/<path d="([^"]+)" fill="none" stroke="#6cb2ff"/g)].map(([, d]) => d);
  };

  test('parts a curve in two', () => {
    const samples = sampleChart().samples;
    expect(curves()).toHaveLength(1);
    const missing = samples.map((one, at) => (at === 30 ? { ...one, latency: null } : one));
    expect(curves({ samples: missing })).toHaveLength(2);
    const broken = samples.map((one, at) => (at === 30 ? { ...one, latency: Number.NaN } : one));
    expect(curves({ samples: broken })).toHaveLength(2);
    const late = samples.filter((_, at) => at < 30 || at > 34);
    expect(curves({ samples: late })).toHaveLength(2);
    const offline = [{ from: start + 30.2 * minute, to: start + 30.8 * minute }];
    expect(curves({ offline })).toHaveLength(2);
  });

  test('once in a while does not', () => {
    const samples = sampleChart().samples.filter((_, at) => at !== 30);
    expect(curves({ samples })).toHaveLength(1);
  });

  test('at all leaves a field that says so', () => {
    const { svg } = chartSvg(sampleChart({ samples: [] }));
    expect(svg).toContain('>not measured</text>');
    expect(svg).not.toContain('Response time');
  });

  test('but once is a dot', () => {
    const { svg } = chartSvg(sampleChart({ samples: [sample(30)] }));
    expect(svg.match(/<circle[^>]*r="3"/g)).toHaveLength(2);
  });
});

describe('numbers of marks', () => {
  const discs = (minutes: number[]) => {
    const marks = minutes.map((after, index) => ({
      at: start + after * minute,
      kind: 'action' as const,
      label: `step ${index}`,
    }));
    const { svg } = chartSvg(sampleChart({ marks }));
    return [...svg.matchAll(/<circle cx="([\d.]+)" cy="66" r="10"/g)].map(([, x]) => Number(x));
  };

  test('never lie over one another, and stay above the plot', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 9 });
    fc.assert(
      fc.property(minutes, (list) => {
        const places = discs(list);
        expect(places).toHaveLength(Math.min(list.length, 3));
        for (const [index, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(166);
          expect(place).toBeLessThanOrEqual(568.1);
          const next = places[index + 1];
          if (next !== undefined) expect(next - place).toBeGreaterThanOrEqual(23.9);
        }
      }),
    );
  });

  test('are for what was done before what was only said', () => {
    const mark = (after: number, kind: 'action' | 'update' | 'state', label: string) => ({
      at: start + after * minute,
      kind,
      label,
    });
    const marks = [
      mark(5, 'action', 'first'),
      mark(6, 'update', 'second'),
      mark(7, 'update', 'third'),
      mark(8, 'action', 'fourth'),
      mark(9, 'state', 'fifth'),
    ];
    const { svg } = chartSvg(sampleChart({ marks }));
    const shown = ['first', 'second', 'third', 'fourth', 'fifth'].filter((one) =>
      svg.includes(one),
    );
    expect(shown).toEqual(['first', 'fourth', 'fifth']);
  });
});

test('hours stay away from the ends, where other things stand', () => {
  const window = fc.record({
    begin: fc.nat(86_400),
    length: fc.integer({ min: 60, max: 400_000 }),
  });
  fc.assert(
    fc.property(window, ({ begin, length }) => {
      const from = start + begin * 1_000;
      const { svg } = chartSvg(sampleChart({ from, to: from + length * 1_000 }));
      const ticks = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle">/g)];
      for (const [, x] of ticks) expect(Math.abs(Number(x) - 361)).toBeLessThan(172);
    }),
  );
});

/** Every element is closed, and no text or attribute holds a sign that begins or ends one. */
function checkMarkup(svg: string): void {
  const rest = svg
    .replace(/<text( [\w-]+="[^"<>]*")*>[^<>]*<\/text>/g, '')
    .replace(/<(?:path|rect|circle)( [\w-]+="[^"<>]*")*\/>/g, '')
    .replace(/<\/?(?:svg|defs|pattern)( [\w-]+="[^"<>]*")*>/g, '');
  expect(rest).toBe('');
  expect(svg.replace(/&#\d+;/g, '')).not.toContain('&');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not be in XML
  expect(svg).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  expect(svg.isWellFormed()).toBe(true);
}

test('whatever it is given: a drawing with finite places, in which nothing from outside is markup', () => {
  fc.assert(
    fc.property(anyChart, (chart) => {
      const { svg } = chartSvg(chart);
      const attributes = [...svg.matchAll(/ (?:d|[xyr]|c[xy]|width|height)="([^"]*)"/g)];
      for (const [, value] of attributes) expect(value).not.toMatch(/NaN|Infinity|undefined|e/);
      checkMarkup(svg);
    }),
    { numRuns: 300 },
  );
});

test('whatever it is given: a picture of the size of the drawing', async () => {
  await fc.assert(
    fc.asyncProperty(anyChart, async (chart) => {
      const { png, width, height, alt } = await renderChart(chart);
      const drawing = chartSvg(chart);
      expect([width, height]).toEqual([drawing.width * 2, drawing.height * 2]);
      const header = Buffer.from(png.subarray(0, 24));
      expect(header.subarray(1, 4).toString()).toBe('PNG');
      expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([width, height]);
      expect(alt.length).toBeLessThanOrEqual(2_000);
    }),
    { numRuns: 25 },
  );
});

test('services for which there is no room are said to be there', () => {
  const services = Array.from({ length: 8 }, (_, at) => `service-${at}`);
  const { svg } = chartSvg(sampleChart({ services }));
  expect(svg).toContain('>service-5</text>');
  expect(svg).not.toContain('>service-6</text>');
  expect(svg).toContain('>2 more services are told of in words only</text>');
});

test('what is said to have been measured while Gatehouse was offline is not believed', () => {
  const offline = [{ from: start, to: start + 60 * minute }];
  const { svg } = chartSvg(sampleChart({ offline, samples: [sample(30)] }));
  expect(svg).toContain('>not measured</text>');
});
