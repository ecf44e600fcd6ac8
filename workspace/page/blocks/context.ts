import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import type { Surface } from '../state/surface.ts';
import { textObject } from '../text/text-object.ts';
import { picture } from './picture.ts';
import { type Part, parts } from './read.ts';

/** Small print: texts and little pictures in a row. */
export const contextBlock = ({ elements }: Block, surface: Surface): VNode =>
  html`<div class="context">${parts(elements).map((entry) => fragment(entry, surface))}</div>`;

const fragment = (entry: Part, surface: Surface): VNode =>
  entry.type === 'image' ? picture(entry) : html`<span>${textObject(entry, surface.reader)}</span>`;
