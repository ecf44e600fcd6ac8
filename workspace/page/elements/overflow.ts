import type { VNode } from 'preact';
import { type Part, parts, string } from '../blocks/read.ts';
import { icon } from '../chat/icon.ts';
import { show } from '../show.ts';
import { act, elementKey, type Placed } from '../state/surface.ts';
import { safeAddress } from '../text/link.ts';
import { textObject } from '../text/text-object.ts';
import { Menu } from './menu.ts';

/** The menu behind three dots. */
export function Overflow(placed: Placed): VNode {
  const { surface, element } = placed;
  const items = parts(element.options).map((option) => ({
    text: textObject(option.text, surface.reader),
    choose: (from: Element) => choose(placed, option, from),
  }));
  const busy = surface.waiting.value === elementKey(placed);
  return show(Menu, { label: 'More actions', face: icon('more'), items, busy });
}

function choose(placed: Placed, option: Part, from: Element) {
  const address = safeAddress(string(option.url));
  if (address) window.open(address, '_blank', 'noopener,noreferrer');
  void act(placed, { value: string(option.value) }, from);
}
