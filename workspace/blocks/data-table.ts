import { textLength } from './length.ts';
import { list } from './lists.ts';
import type { Problem } from './refusal.ts';
import { also, isObject, listOf, problem } from './rule.ts';
import { integer, string } from './scalars.ts';
import { anyOf, block, byType } from './shapes.ts';
import { cells } from './table.ts';

/** A table that can be sorted and paged: a heading row, then 1 to 100 rows of as many cells. */
export const dataTable = also(
  block(
    {
      caption: string({ min: 1 }),
      rows: list({ min: 2, max: 101, of: list({ min: 1, max: 20, of: anyOf(byType(cells)) }) }),
    },
    { page_size: integer({ min: 1, max: 100 }), row_header_column_index: integer({ max: 19 }) },
  ),
  ({ rows }, at) => [
    ...ragged(listOf(rows), `${at}/rows`),
    ...decorated(listOf(listOf(rows)[0]), `${at}/rows/0`),
    ...(textLength(rows) > 20_000
      ? problem('must be less than 20001 characters', `${at}/rows`)
      : []),
  ],
);

const ragged = (rows: unknown[], at: string): Problem[] => {
  const width = listOf(rows[0]).length;
  return rows.flatMap((row, index) =>
    listOf(row).length === width ? [] : problem(`must have ${width} cells`, `${at}/${index}`),
  );
};

const decorated = (heading: unknown[], at: string): Problem[] =>
  heading.flatMap((cell, index) =>
    isObject(cell) && cell.type === 'rich_text'
      ? problem('unsupported type: rich_text', `${at}/${index}/type`)
      : [],
  );
