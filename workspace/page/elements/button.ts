import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { string } from '../blocks/read.ts';
import { act, elementKey, type Placed } from '../state/surface.ts';
import { safeAddress } from '../text/link.ts';
import { textObject } from '../text/text-object.ts';

/** A button; with an address it is a link, of which the app hears too. */
export function Button(placed: Placed): VNode {
  const { surface, element } = placed;
  const label = textObject(element.text, surface.reader);
  const style = `button ${string(element.style)}`;
  const described = string(element.accessibility_label) || undefined;
  const press = (event: Event) => void act(placed, {}, event.currentTarget as Element);
  const href = safeAddress(string(element.url));
  if (href) {
    return html`<a class=${style} href=${href} target="_blank" rel="noopener noreferrer"
      aria-label=${described} onClick=${press}>${label}</a>`;
  }
  const waits = surface.waiting.value === elementKey(placed);
  return html`<button type="button" class=${style} aria-label=${described} aria-busy=${waits}
    aria-disabled=${waits} onClick=${waits ? undefined : press}>${label}</button>`;
}
