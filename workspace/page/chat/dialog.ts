import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Opens a dialog within its pane, moves the focus into it, and gives the focus back when it goes.
 * Not `showModal()`: that would block the other pane too, and its person is somebody else. The rest
 * of this pane is made inert instead.
 */
export function useDialog(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    const pane = opened?.closest('.pane') ?? null;
    const mine = before === document.body || pane?.contains(before) === true;
    if (opened) opened.open = true;
    if (opened && mine) firstField(opened).focus();
    return () => void setTimeout(returnFocus, 0, before, pane);
  }, []);
  return dialog;
}

const firstField = (dialog: HTMLDialogElement): HTMLElement =>
  dialog.querySelector<HTMLElement>('[data-first], input:not([type=hidden]), textarea, select') ??
  dialog.querySelector<HTMLElement>('button') ??
  dialog;

/** What had the focus may be gone, such as a button of a message that has changed. */
function returnFocus(before: Element | null, pane: Element | null) {
  if (document.activeElement !== document.body) return;
  const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
  const target = there ? before : pane?.querySelector<HTMLElement>('textarea');
  target?.focus();
}
