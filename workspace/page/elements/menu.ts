import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';

/** One line of a menu. */
export interface MenuItem {
  readonly text: ComponentChildren;
  readonly choose: (from: Element) => void;
}

/** A button that opens a menu over everything else; arrows move in it, Escape closes it. */
export function Menu(props: {
  label: string;
  face: ComponentChildren;
  items: readonly MenuItem[];
  busy?: boolean;
}): VNode {
  const id = useId();
  const { label, face, items, busy = false } = props;
  return html`<span class="menu">
    <button type="button" class="icon-button" popovertarget=${id} aria-label=${label} title=${label}
      aria-haspopup="menu" aria-busy=${busy}>${face}</button>
    <div id=${id} popover role="menu" aria-label=${label} onKeyDown=${moveFocus} onToggle=${focusFirst}>
      ${items.map(
        ({ text, choose }) => html`<button type="button" role="menuitem" tabindex="-1"
          onClick=${(event: MouseEvent) => chosen(event.currentTarget as HTMLElement, choose)}>${text}</button>`,
      )}
    </div>
  </span>`;
}

function chosen(item: HTMLElement, choose: MenuItem['choose']) {
  item.closest<HTMLElement>('[popover]')?.hidePopover();
  choose(item);
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];

function focusFirst({ currentTarget, newState }: ToggleEvent) {
  if (newState === 'open') itemsOf(currentTarget as HTMLElement)[0]?.focus();
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

function moveFocus(event: KeyboardEvent) {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const items = itemsOf(event.currentTarget as HTMLElement);
  const at = items.indexOf(document.activeElement as HTMLElement);
  items.at((at + step) % items.length)?.focus();
}
