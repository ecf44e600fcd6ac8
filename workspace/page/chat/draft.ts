import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import type { Pane } from '../state/pane.ts';

/** What is typed here but not sent. It is still there after a look at another channel. */
export function useDraft(pane: Pane, threadTs: string | null): Signal<string> {
  const key = `${pane.person.peek()}/${pane.place.peek()}/${threadTs ?? ''}`;
  const draft = useSignal(pane.drafts.get(key) ?? '');
  useSignalEffect(() => void pane.drafts.set(key, draft.value));
  return draft;
}
