const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows go from message to message, once the list has the focus; the tools of a message follow by Tab. */
export function moveAmongMessages(event: KeyboardEvent): void {
  const step = steps[event.key];
  const list = event.currentTarget as HTMLElement;
  const focused = document.activeElement;
  const onRow = focused instanceof HTMLElement && focused.matches('.message');
  if (step === undefined || (!onRow && focused !== list)) return;
  event.preventDefault();
  const rows = [...list.querySelectorAll<HTMLElement>('.message')];
  const at = onRow ? rows.indexOf(focused) + step : rows.length - 1;
  rows[Math.max(0, Math.min(at, rows.length - 1))]?.focus();
}
