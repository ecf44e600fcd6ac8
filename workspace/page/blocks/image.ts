import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import type { Surface } from '../state/surface.ts';
import { textObject } from '../text/text-object.ts';
import { picture } from './picture.ts';

/** A picture with an optional title. */
export const imageBlock = (block: Block, surface: Surface): VNode =>
  html`<figure class="image">
    ${block.title ? html`<figcaption>${textObject(block.title, surface.reader)}</figcaption>` : null}
    ${picture(block)}
  </figure>`;
