import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Filter } from '../command.ts';
import type { Item } from './parse.ts';
import { write } from './write.ts';

const names = ['grep', 'head', 'tail', 'count'];

/** More in a row narrow nothing that fewer could not. */
const most = 5;

/** What stands after the bars, as filters. No filter takes a flag: `head -5` is written `head 5`. */
export function readFilters(
  segments: readonly (readonly Item[])[],
): Result<readonly Filter[], Refusal> {
  const filters: Filter[] = [];
  for (const [index, segment] of segments.entries()) {
    const filter = index < most ? readFilter(segment) : null;
    if (filter === null) return err(refuse(segment));
    filters.push(filter);
  }
  return ok(filters);
}

function readFilter([first, ...rest]: readonly Item[]): Filter | null {
  if (first?.kind !== 'word' || rest.some(({ kind }) => kind === 'flag')) return null;
  const text = rest.map((item) => (item.kind === 'word' ? item.text : '')).join(' ');
  const name = first.text.toLowerCase();
  if (name === 'grep') return text === '' ? null : { kind: 'grep', text };
  if (name === 'count') return text === '' ? { kind: 'count' } : null;
  if (name !== 'head' && name !== 'tail') return null;
  const count = text === '' ? 10 : /^-?\d{1,4}$/.test(text) ? Math.abs(Number(text)) : 0;
  return count === 0 ? null : { kind: name, count };
}

function refuse(segment: readonly Item[]): Refusal {
  const [first] = segment;
  const words = first?.kind === 'word' ? nearest(first.text, names) : [];
  const isName = first?.kind === 'word' && names.includes(first.text.toLowerCase());
  return {
    kind: 'bad-filter',
    filter: write({ items: segment, filters: [] }),
    near: { words: isName ? [] : words, next: [] },
  };
}
