import type { Signal } from '@preact/signals';
import { ask, failureText } from '../state/control.ts';
import type { Pane } from '../state/pane.ts';

/** What a composer holds. */
export interface ComposerState {
  readonly pane: Pane;
  readonly threadTs: string | null;
  readonly draft: Signal<string>;
  readonly waiting: Signal<boolean>;
  readonly failure: Signal<string | null>;
}

/**
 * Sends what is typed. It is cleared when the app has taken it and kept when it has not; while the
 * answer is awaited a second Enter does nothing, so that impatience sends nothing twice.
 */
export async function sendDraft(state: ComposerState): Promise<void> {
  const { pane, threadTs, draft, waiting, failure } = state;
  const { world, person, place } = pane;
  const text = draft.value.trim();
  if (text === '' || waiting.value || !world.value || person.value === null) return;
  const typed = draft.value;
  waiting.value = true;
  pane.sent.push(typed);
  const answer = await ask('type', {
    as: person.value,
    channel: place.value ?? '',
    text,
    ...(threadTs === null ? {} : { threadTs }),
  });
  waiting.value = false;
  failure.value = answer.ok ? null : failureText(answer.error, world.value?.app.name ?? 'The app');
  if (answer.ok && draft.value === typed) draft.value = '';
  document.getElementById(`${pane.side}-log`)?.scrollTo({ top: 0 });
}
