import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import { element } from '../elements/element.ts';
import type { Surface } from '../state/surface.ts';
import { plainWords, textObject } from '../text/text-object.ts';
import { picture } from './picture.ts';
import { part, parts, string } from './read.ts';

/** Text, fields in two columns, and one element or picture beside them. */
export const sectionBlock = (block: Block, surface: Surface): VNode =>
  html`<div class="section">
    <div class="section-text">
      ${block.text ? textObject(block.text, surface.reader) : null}
      ${block.fields ? fields(block, surface) : null}
    </div>
    ${block.accessory ? html`<div class="accessory">${accessory(block, surface)}</div>` : null}
  </div>`;

const fields = (block: Block, { reader }: Surface): VNode =>
  html`<div class="fields">
    ${parts(block.fields).map((field) => html`<div>${textObject(field, reader)}</div>`)}
  </div>`;

function accessory(block: Block, surface: Surface): VNode {
  const placed = part(block.accessory);
  if (placed.type === 'image') return picture(placed);
  const label =
    plainWords(block.text) || plainWords(placed.placeholder) || string(placed.action_id);
  return element({ surface, blockId: block.block_id ?? '', element: placed, acts: true, label });
}
