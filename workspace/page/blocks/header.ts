import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import type { Surface } from '../state/surface.ts';
import { textObject } from '../text/text-object.ts';

/** A headline. */
export const headerBlock = ({ text }: Block, { reader }: Surface): VNode =>
  html`<h3 class="header">${textObject(text, reader)}</h3>`;
