import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import { element } from '../elements/element.ts';
import type { Surface } from '../state/surface.ts';
import { plainWords } from '../text/text-object.ts';
import { parts, string } from './read.ts';

/** Buttons, selects and pickers in a row. */
export const actionsBlock = (block: Block, surface: Surface): VNode =>
  html`<div class="actions">
    ${parts(block.elements).map((entry) =>
      element({
        surface,
        blockId: block.block_id ?? '',
        element: entry,
        acts: true,
        label: plainWords(entry.placeholder) || string(entry.action_id),
      }),
    )}
  </div>`;
