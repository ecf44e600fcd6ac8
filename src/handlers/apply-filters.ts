import type { Part, Report } from '../core/report.ts';
import type { Filter } from './command.ts';

/** The report with its lines and rows narrowed, in the order in which the filters were typed. */
export const applyFilters = (report: Report, filters: readonly Filter[]): Report => ({
  ...report,
  parts: report.parts.map((part) =>
    filters.reduce((left, one, at) => narrow(left, one, filters.slice(0, at)), part),
  ),
});

function narrow(part: Part, filter: Filter, before: readonly Filter[]): Part {
  switch (part.kind) {
    case 'text':
      return part;
    case 'log':
      return filter.kind === 'count' ? countedLog(part, before) : narrowLog(part, filter);
    case 'states':
      return filter.kind === 'count'
        ? counted('Counted', amount(part.rows.length, 'row'))
        : {
            ...part,
            rows: keep(
              part.rows,
              filter,
              ({ name, detail, health }) => `${health} ${name} ${detail}`,
            ),
          };
    case 'facts':
      return filter.kind === 'count'
        ? counted('Counted', amount(part.facts.length, 'fact'))
        : { ...part, facts: keep(part.facts, filter, ({ name, value }) => `${name}: ${value}`) };
  }
}

/** The rows that the filters leave. Rows that a page shows anyway are not counted. */
export const narrowRows = <T>(
  rows: readonly T[],
  filters: readonly Filter[],
  textOf: (row: T) => string,
): readonly T[] =>
  filters.reduce((left, one) => (one.kind === 'count' ? left : keep(left, one, textOf)), rows);

type LogPart = Extract<Part, { kind: 'log' }>;
type Narrowing = Exclude<Filter, { kind: 'count' }>;

/** Only the lines that were read can be searched: a longer log makes the new total a lower bound. */
function narrowLog(part: LogPart, filter: Narrowing): Part {
  const lines = keep(part.lines, filter, (text) => text);
  if (filter.kind !== 'grep') return { ...part, lines };
  return {
    ...part,
    lines,
    total: lines.length,
    complete: part.complete && part.lines.length === part.total,
  };
}

function keep<T>(all: readonly T[], filter: Narrowing, textOf: (one: T) => string): readonly T[] {
  switch (filter.kind) {
    case 'grep': {
      const wanted = filter.text.toLowerCase();
      return all.filter((one) => textOf(one).toLowerCase().includes(wanted));
    }
    case 'head':
      return all.slice(0, filter.count);
    case 'tail':
      return all.slice(-filter.count);
  }
}

/** All lines that there are, and not only those that were read, unless a piece of them was asked for. */
function countedLog({ name, lines, total, complete }: LogPart, before: readonly Filter[]): Part {
  if (before.some(({ kind }) => kind === 'head' || kind === 'tail'))
    return counted(name, amount(lines.length, 'line'));
  return counted(name, `${complete ? '' : 'at least '}${amount(total, 'line')}`);
}

const counted = (name: string, value: string): Part => ({
  kind: 'facts',
  facts: [{ name, value }],
});

const amount = (count: number, unit: string): string =>
  `${count.toLocaleString('en-US')} ${unit}${count === 1 ? '' : 's'}`;
