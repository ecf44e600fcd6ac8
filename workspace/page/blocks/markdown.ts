import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import type { Surface } from '../state/surface.ts';
import { markdown } from '../text/markdown.ts';
import { string } from './read.ts';

/** Standard markdown, of which the page shows the everyday part. */
export const markdownBlock = ({ text }: Block, { reader }: Surface): VNode =>
  html`<div class="markdown">${markdown(string(text), reader)}</div>`;
