import { html } from 'htm/preact';
import type { VNode } from 'preact';

/** A line. */
export const dividerBlock = (): VNode => html`<hr />`;
