import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import { unsupported } from '../elements/unsupported.ts';
import type { Surface } from '../state/surface.ts';
import type { Reader } from '../text/mention.ts';
import { type Part, parts, string } from './read.ts';
import { run } from './rich-text-run.ts';

/** Text as Slack's own editor makes it: paragraphs, lists, quotes and boxes of code. */
export const richTextBlock = ({ elements }: Block, { reader }: Surface): VNode =>
  richText(elements, reader);

/** The same where it is part of something else, such as a table's cell. */
export const richText = (elements: unknown, reader: Reader): VNode =>
  html`<div class="rich-text">${parts(elements).map((entry) => paragraph(entry, reader))}</div>`;

function paragraph(entry: Part, reader: Reader): VNode {
  switch (entry.type) {
    case 'rich_text_section':
      return html`<p>${runs(entry, reader)}</p>`;
    case 'rich_text_quote':
      return html`<blockquote>${runs(entry, reader)}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre tabindex="0"><code>${runs(entry, reader)}</code></pre>`;
    case 'rich_text_list':
      return list(entry, reader);
    default:
      return unsupported('element', string(entry.type));
  }
}

function list(entry: Part, reader: Reader): VNode {
  const depth = typeof entry.indent === 'number' ? Math.min(entry.indent, 5) : 0;
  const items = parts(entry.elements).map((item) => html`<li>${runs(item, reader)}</li>`);
  const first = typeof entry.offset === 'number' ? entry.offset + 1 : undefined;
  return entry.style === 'ordered'
    ? html`<ol class=${`indent-${depth}`} start=${first}>${items}</ol>`
    : html`<ul class=${`indent-${depth}`}>${items}</ul>`;
}

const runs = (entry: Part, reader: Reader) =>
  parts(entry.elements).map((item) => run(item, reader));
