import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Traffic } from '../../protocol.ts';

/** What a call carried, and what came back, as text. */
export function trafficDetail(line: Traffic | undefined): VNode {
  if (!line) {
    return html`<div class="traffic-detail"><p class="empty">Choose a line to see what was in it.</p></div>`;
  }
  return html`<div class="traffic-detail" aria-live="polite">
    <h2>${line.what}</h2>
    ${part('Request', line.request)}
    ${part('Response', line.response)}
  </div>`;
}

const part = (title: string, value: unknown): VNode =>
  html`<h3>${title}</h3><pre tabindex="0" aria-label=${title}><code>${jsonText(value)}</code></pre>`;

/** Indented JSON; a text that is not JSON stays as it is. */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return '(nothing)';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
