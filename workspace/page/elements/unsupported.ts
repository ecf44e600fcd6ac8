import { html } from 'htm/preact';
import type { VNode } from 'preact';

/** What stands where something cannot be shown: visible, so that nobody believes there was nothing. */
export const unsupported = (what: 'block' | 'element', type: string): VNode =>
  html`<div class="unsupported">unsupported ${what} <code>${type || '(no type)'}</code></div>`;
