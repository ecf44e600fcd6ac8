import { effect, type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Pane } from '../state/pane.ts';

/** What is typed here but not sent. It is still there after a look at another channel, and after a reload. */
export function useDraft(pane: Pane, threadTs: string | null): Signal<string> {
  const key = `${pane.person.peek()}/${pane.place.peek()}/${threadTs ?? ''}`;
  const kept = `draft ${pane.side} ${key}`;
  const draft = useSignal(pane.drafts.get(key) ?? sessionStorage.getItem(kept) ?? '');
  // From the moment on that the field is there: an effect after the next frame may miss what was typed before it.
  useLayoutEffect(
    () =>
      effect(() => {
        pane.drafts.set(key, draft.value);
        if (draft.value === '') sessionStorage.removeItem(kept);
        else sessionStorage.setItem(kept, draft.value);
      }),
    [],
  );
  return draft;
}
