import { batch, effect } from '@preact/signals';
import { ask } from './control.ts';
import { homePlace, type Pane } from './pane.ts';

/** Shows a channel or the Home tab, with no thread open. */
export function openPlace(pane: Pane, place: string): void {
  batch(() => {
    pane.place.value = place;
    pane.thread.value = null;
  });
}

/** A place that the person does not have (any more) is left for their first channel. */
export function settlePlace(pane: Pane): void {
  effect(() => {
    const world = pane.world.value;
    const place = pane.place.value;
    if (!world || place === homePlace || world.channels.some(({ id }) => id === place)) return;
    const first = world.channels.find(({ kind, archived }) => kind !== 'im' && !archived);
    openPlace(pane, (first ?? world.channels[0])?.id ?? homePlace);
  });
  effect(() => {
    const person = pane.person.value;
    if (person !== null && pane.place.value === homePlace) void ask('openHome', { as: person });
  });
}
