import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What had the focus last in each pane, beside its dialogs. A pane that turns inert loses it. */
const lastFocused = new WeakMap<Element, HTMLElement>();

const paneOf = (element: Element | null) => element?.closest('.pane') ?? null;

/** Hears where the focus goes in the content of a pane. */
export function rememberFocus({ target }: FocusEvent): void {
  const pane = paneOf(target as Element);
  if (pane) lastFocused.set(pane, target as HTMLElement);
}

/**
 * Opens a dialog within its pane, moves the focus into it, and gives the focus back when it goes.
 * Not `showModal()`: that would block the other pane too, and its person is somebody else. The rest
 * of this pane is made inert instead.
 */
export function useDialog(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const opened = dialog.current;
    const pane = paneOf(opened);
    const focused = document.activeElement;
    if (opened) opened.open = true;
    if (opened && (focused === document.body || pane?.contains(focused)))
      firstField(opened).focus();
    return () => queueMicrotask(() => returnFocus(pane));
  }, []);
  return dialog;
}

const firstField = (dialog: HTMLDialogElement): HTMLElement =>
  dialog.querySelector<HTMLElement>('[data-first], input:not([type=hidden]), textarea, select') ??
  dialog.querySelector<HTMLElement>('button') ??
  dialog;

/** What had the focus may be gone by now, such as a button of a message that has changed. */
function returnFocus(pane: Element | null) {
  if (!pane || document.activeElement !== document.body) return;
  const below = [...pane.querySelectorAll('dialog[open]')].at(-1);
  const before = lastFocused.get(pane);
  const field = pane.querySelector<HTMLElement>('textarea');
  if (below) firstField(below as HTMLDialogElement).focus();
  else if (before?.isConnected) before.focus();
  else field?.focus();
}
