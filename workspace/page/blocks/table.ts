import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import type { Surface } from '../state/surface.ts';
import { type Part, part, parts, string } from './read.ts';
import { richText } from './rich-text.ts';

/** A table whose first row is its head. */
export function tableBlock(block: Block, surface: Surface): VNode {
  const columns = parts(block.column_settings);
  const [head = [], ...body] = rows(block.rows);
  return html`<div class="table" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead><tr>${head.map((entry, at) => cell('th', entry, columns[at], surface))}</tr></thead>
      <tbody>${body.map(
        (row) => html`<tr>${row.map((entry, at) => cell('td', entry, columns[at], surface))}</tr>`,
      )}</tbody>
    </table>
  </div>`;
}

const rows = (value: unknown): (readonly Part[])[] =>
  Array.isArray(value) ? value.map(parts) : [];

const aligned = new Set(['center', 'right']);

function cell(tag: 'th' | 'td', entry: Part, column: Part | undefined, surface: Surface): VNode {
  const { align, is_wrapped: wraps } = part(column);
  const side = aligned.has(string(align)) ? string(align) : 'left';
  const classes = `${side} ${wraps === true ? 'wraps' : ''}`;
  const content = cellContent(entry, surface);
  return tag === 'th'
    ? html`<th scope="col" class=${classes}>${content}</th>`
    : html`<td class=${classes}>${content}</td>`;
}

function cellContent(entry: Part, surface: Surface) {
  if (entry.type === 'rich_text') return richText(entry.elements, surface.reader);
  if (typeof entry.value === 'number') return String(entry.value);
  return string(entry.text);
}
