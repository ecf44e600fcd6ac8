import type { Part, Report } from '../core/report.ts';
import type { Filter } from './command.ts';

/** The report with its lines and rows narrowed, in the order in which the filters were typed. */
export const applyFilters = (report: Report, filters: readonly Filter[]): Report => ({
  ...report,
  parts: report.parts.map((part) => filters.reduce(narrow, part)),
});

function narrow(part: Part, filter: Filter): Part {
  switch (part.kind) {
    case 'text':
      return part;
    case 'log':
      return filter.kind === 'count'
        ? counted(part.name, part.lines.length, 'lines')
        : narrowLog(part, filter);
    case 'states':
      return filter.kind === 'count'
        ? counted('Counted', part.rows.length, 'rows')
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
        ? counted('Counted', part.facts.length, 'facts')
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

type Narrowing = Exclude<Filter, { kind: 'count' }>;

/** Only the lines that were read can be searched: a longer log makes the new total a lower bound. */
function narrowLog(part: Extract<Part, { kind: 'log' }>, filter: Narrowing): Part {
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

const counted = (name: string, count: number, unit: string): Part => ({
  kind: 'facts',
  facts: [{ name, value: `${count.toLocaleString('en-US')} ${unit}` }],
});
