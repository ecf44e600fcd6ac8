import { type Signal, signal } from '@preact/signals';
import { type Part, string } from '../blocks/read.ts';
import type { Reader } from '../text/mention.ts';
import { ask, failureText } from './control.ts';
import { formState } from './form-state.ts';
import type { Pane } from './pane.ts';
import { agreed } from './question.ts';

/** Where blocks lie: in a message, or in a modal or Home tab. */
export type Origin = { message: { channel: string; ts: string } } | { view: string };

/** What blocks need to know of the place in which they are shown. */
export interface Surface {
  /** Begins every DOM id and group name of this place, and is unique in the document. */
  readonly key: string;
  readonly pane: Pane;
  readonly reader: Reader;
  readonly origin: Origin;
  /** Messages by block id, after a submission was turned down. */
  readonly errors: Readonly<Record<string, string>>;
  /** The element whose doing the app has not acknowledged yet, as {@link elementKey} calls it. */
  readonly waiting: Signal<string | null>;
  /** Why the last doing had no effect. */
  readonly failure: Signal<string | null>;
}

/** An element of a block, and where it is. */
export interface Placed {
  readonly surface: Surface;
  readonly blockId: string;
  readonly element: Part;
  /** Whether choosing tells the app at once; an input in a modal waits for the submission. */
  readonly acts: boolean;
  /** What screen readers call it where no visible label does. */
  readonly label: string;
}

/** The signals of a surface, which outlive what it shows. */
export const surfaceSignals = (): Pick<Surface, 'waiting' | 'failure'> => ({
  waiting: signal(null),
  failure: signal(null),
});

/** Tells the elements of one surface apart. */
export const elementKey = ({ blockId, element }: Pick<Placed, 'blockId' | 'element'>): string =>
  `${blockId}/${string(element.action_id)}`;

/** The DOM id of an element; its label and its error are found by it. */
export const domId = (placed: Pick<Placed, 'surface' | 'blockId' | 'element'>): string =>
  `${placed.surface.key}/${elementKey(placed)}`;

/**
 * Tells the app what was pressed or chosen, after the element's own confirm dialog if it has one.
 * Answers false when the person thought better of it.
 */
export async function act(
  placed: Placed,
  chosen: { value?: string; values?: string[] },
  from: Element,
): Promise<boolean> {
  const { surface, blockId, element } = placed;
  if (!(await agreed(surface.pane, element.confirm))) return false;
  surface.waiting.value = elementKey(placed);
  const answer = await ask('act', {
    as: surface.pane.person.value ?? '',
    actionId: string(element.action_id),
    blockId,
    ...chosen,
    ...surface.origin,
    state: formState(from.closest('[data-surface]')),
  });
  const appName = surface.pane.world.value?.app.name ?? 'The app';
  surface.waiting.value = null;
  surface.failure.value = answer.ok ? null : failureText(answer.error, appName);
  return true;
}
