import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import { element } from '../elements/element.ts';
import { domId, type Surface } from '../state/surface.ts';
import { plainWords, textObject } from '../text/text-object.ts';
import { part, string } from './read.ts';

/** These are groups with a button or boxes of their own, which a label cannot point to. */
const grouped = /^multi_|^checkboxes$|^radio_buttons$/;

/** A field of a form with its label, its hint, and what was wrong with it. */
export function inputBlock(block: Block, surface: Surface): VNode {
  const blockId = block.block_id ?? '';
  const field = part(block.element);
  const group = grouped.test(string(field.type));
  const label = plainWords(block.label);
  const acts = block.dispatch_action === true;
  const placed = { surface, blockId, element: field, acts, label: group ? label : '' };
  const title = html`${textObject(block.label, surface.reader)}
    ${block.optional === true ? html`<span class="optional">optional</span>` : null}`;
  return html`<div class=${surface.errors[blockId] ? 'input wrong' : 'input'} data-required=${required(block)}>
    ${
      group
        ? html`<div class="input-label" aria-hidden="true">${title}</div>`
        : html`<label class="input-label" for=${domId(placed)}>${title}</label>`
    }
    ${element(placed)}
    ${notes(block, surface)}
  </div>`;
}

const required = ({ optional, block_id }: Block): string | undefined =>
  optional === true ? undefined : (block_id ?? '');

const notes = (block: Block, { key, errors, reader }: Surface): VNode => {
  const error = errors[block.block_id ?? ''];
  return html`<div id=${`${key}/${block.block_id ?? ''}/notes`} class="input-notes">
    ${error ? html`<p class="error" role="alert">${error}</p>` : null}
    ${block.hint ? html`<p class="hint">${textObject(block.hint, reader)}</p>` : null}
  </div>`;
};
