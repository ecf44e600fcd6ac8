import type { ChartSample, HealthChart } from '../core/chart.ts';
import { cleanChart } from './clean.ts';
import { type HealthSpan, healthSpans } from './health-spans.ts';
import { clipped, plainText } from './plain-text.ts';
import { clockFor, healthWord, percent, took } from './words.ts';

/** Slack takes no longer description of a picture. */
const longest = 2_000;

/** This many characters are left for what happened, whatever came before. */
const forMarks = 600;

/** What a chart shows, in plain sentences: states as words, times in UTC. At most 2,000 characters. */
export function altText(given: HealthChart): string {
  const chart = cleanChart(given);
  const say = clockFor(chart);
  const services = chart.services.map((service) => serviceSentence(chart, service));
  const seen = [
    `${clipped(chart.title, 150)}, ${say(chart.from)} to ${say(chart.to)} UTC.`,
    figureSentence(chart, clipped(chart.measure, 60), 'failing', percent),
    chart.limit === null ? '' : `The limit is ${percent(chart.limit)}.`,
    figureSentence(chart, 'Response time', 'latency', took),
    offlineSentence(chart),
    ...services,
  ];
  const happened = clipped(marksSentence(chart), forMarks);
  const room = longest - happened.length - 1;
  return clipped(`${clippedText(seen, room)} ${happened}`.trim(), longest);
}

const clippedText = (sentences: string[], room: number): string =>
  clipped(sentences.filter(Boolean).join(' '), room);

/** Beyond this many stretches only the worst are told. */
const mostSpans = 4;

function serviceSentence(chart: HealthChart, service: string): string {
  const name = clipped(plainText(service), 60) || 'A service';
  const spans = healthSpans(chart, service);
  const last = spans.at(-1);
  if (!last) return `${name} was not looked at.`;
  const troubles = spans.filter(({ health }) => health !== 'up');
  if (troubles.length === 0) return `${name}: up whenever it was looked at.`;
  const say = clockFor(chart);
  const told = worstFirst(troubles)
    .slice(0, mostSpans)
    .toSorted((one, other) => one.from - other.from)
    .map(({ health, from, to }) => `${healthWord[health]} ${say(from)} to ${say(to)}`);
  const more = troubles.length - told.length;
  const rest = more > 0 ? `, and ${more} more ${more === 1 ? 'time' : 'times'} not up` : '';
  return `${name}: last seen ${healthWord[last.health]}; ${told.join(', ')}${rest}.`;
}

/** Down before degraded before unknown, and the longest first. */
const worstFirst = (spans: readonly HealthSpan[]): HealthSpan[] => {
  const order = ['down', 'degraded', 'unknown'];
  const length = ({ from, to }: HealthSpan) => to - from;
  return spans.toSorted(
    (one, other) =>
      order.indexOf(one.health) - order.indexOf(other.health) || length(other) - length(one),
  );
};

function figureSentence(
  chart: HealthChart,
  name: string,
  what: 'failing' | 'latency',
  tell: (value: number) => string,
): string {
  const measured = chart.samples.flatMap(({ at, [what]: value }: ChartSample) =>
    value === null ? [] : [{ at, value }],
  );
  const last = measured.at(-1);
  if (!last) return what === 'latency' ? '' : `${name}: not measured.`;
  const peak = measured.reduce((one, other) => (other.value > one.value ? other : one));
  const say = clockFor(chart);
  return `${name}: ${tell(last.value)} at ${say(last.at)}, highest ${tell(peak.value)} at ${say(peak.at)}.`;
}

function offlineSentence(chart: HealthChart): string {
  if (chart.offline.length === 0) return '';
  const say = clockFor(chart);
  const spans = chart.offline.slice(0, 5).map(({ from, to }) => `${say(from)} to ${say(to)}`);
  const more = chart.offline.length - spans.length;
  const rest = more > 0 ? ` and ${more} more ${more === 1 ? 'time' : 'times'}` : '';
  return `Gatehouse was offline ${spans.join(', ')}${rest}: nothing was measured then.`;
}

function marksSentence(chart: HealthChart): string {
  const say = clockFor(chart);
  const told = chart.marks.map(({ at, label }) => `${say(at)} ${clipped(label, 100)}`);
  return told.length === 0 ? '' : `What happened: ${told.join('; ')}.`;
}
