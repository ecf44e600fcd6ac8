import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';

const allowed = new Set(['http:', 'https:', 'mailto:']);

/** The address when a person may be sent there, otherwise null: no `javascript:`, no `data:`. */
export function safeAddress(address: string): string | null {
  const url = URL.parse(address);
  return url && allowed.has(url.protocol) ? url.href : null;
}

/** A link into a new tab; its label alone when the address is not one that a person may be sent to. */
export function link(address: string, label: ComponentChildren): VNode {
  const href = safeAddress(address);
  if (href === null) return html`<span class="refused-link">${label}</span>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${label}</a>`;
}
