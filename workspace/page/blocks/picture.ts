import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { icon } from '../chat/icon.ts';
import { ownPath } from '../text/own-path.ts';
import { type Part, part, string } from './read.ts';

/**
 * An image of the workspace itself. A picture from elsewhere is not fetched (its server would learn
 * who looks, and the page's policy forbids it): its description stands in its place.
 */
export function picture(image: Part): VNode {
  const description = string(image.alt_text);
  const path = ownPath(addressOf(image), location.origin);
  if (path !== null) return html`<img src=${path} alt=${description} loading="lazy" />`;
  return html`<span class="absent-picture" role="img" aria-label=${description}
    >${icon('file')}<span>${description || 'picture'}</span></span>`;
}

/** The workspace serves every file below its id, whatever stands behind that. */
function addressOf(image: Part): string {
  const { id, url } = part(image.slack_file);
  if (typeof id === 'string') return `/files/${encodeURIComponent(id)}/picture`;
  return string(url) || string(image.image_url);
}
