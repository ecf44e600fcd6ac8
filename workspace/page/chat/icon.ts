import { html } from 'htm/preact';
import type { VNode } from 'preact';

/** Strokes on a 20 × 20 field. */
const strokes = {
  hash: 'M4 7.5h13M3 12.5h13M8.5 3l-2 14M13.5 3l-2 14',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5M8.5 16v-4h3v4',
  app: 'M10 2.8 16.3 6.4v7.2L10 17.2l-6.3-3.6V6.4zM10 10l6-3.4M10 10v6.8M10 10 4 6.6',
  send: 'M3.5 10h12M10.5 5l5 5-5 5',
  plus: 'M10 4v12M4 10h12',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  close: 'M5 5l10 10M15 5 5 15',
  thread: 'M4 4.5h12v8.5H9l-3.5 3V13H4z',
  smile: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M7.3 11.5a3 3 0 0 0 5.4 0M7.7 8h.01M12.3 8h.01',
  pin: 'M12 3.5 16.5 8l-3 1-3 3-.5 3-5-5 3-.5 3-3zM7.5 12.5 3.5 16.5',
  bookmark: 'M6 3.5h8v13l-4-3-4 3z',
  people:
    'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4M2.8 16a4.7 4.7 0 0 1 9.4 0M13 4.3a2.7 2.7 0 0 1 0 5M14.5 11.7a4.7 4.7 0 0 1 2.8 4.3',
  eye: 'M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  file: 'M5.5 3h6l3.5 3.5V17h-9.5zM11.5 3v3.5H15',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
  inspect: 'M3 10h3l2.5-6 3 12 2.5-6h3',
  fault: 'M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.2h.01',
  panes: 'M3 4.5h14v11H3zM10 4.5v11',
  pane: 'M3 4.5h14v11H3z',
  sidebar: 'M3 4.5h14v11H3zM8 4.5v11',
  bolt: 'M11 2.5 4.5 11.5H10l-1 6 6.5-9H10z',
  down: 'M5.5 8l4.5 4.5L14.5 8',
} as const;

/** The name of a drawn sign. */
export type IconName = keyof typeof strokes;

/** A drawn sign. Screen readers skip it: what it means stands beside it or in the button's label. */
export const icon = (name: IconName): VNode =>
  html`<svg class=${`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true"><path d=${strokes[name]} /></svg>`;
