import { type Signal, useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { RefObject, VNode } from 'preact';
import type { Pane } from '../state/pane.ts';
import { commandBeingTyped, type Suggestion, suggestionsFor } from '../state/suggestions.ts';

/** The suggestions of one composer, and how keys move in them. */
export interface Suggesting {
  readonly list: readonly Suggestion[];
  readonly active: number;
  /** How the command is used that is being typed. */
  readonly usage: string | null;
  typed(event: Event): void;
  close(): void;
  choose(at: number): void;
  /** Whether the key was for the list. */
  takes(event: KeyboardEvent): boolean;
  activeId(listId: string): string | undefined;
}

/** Watches what is typed into a field. */
export function useSuggesting(
  pane: Pane,
  draft: Signal<string>,
  field: RefObject<HTMLTextAreaElement | null>,
): Suggesting {
  const open = useSignal(false);
  const active = useSignal(0);
  const world = pane.world.value;
  const caret = field.current?.selectionStart ?? draft.value.length;
  const found = world && open.value ? suggestionsFor(draft.value, caret, world) : null;
  const list = found?.list ?? [];
  const command = world && list.length === 0 ? commandBeingTyped(draft.value, world) : null;

  function choose(at: number) {
    const { insert } = list[at] ?? { insert: '' };
    draft.value = draft.value.slice(0, found?.from) + insert + draft.value.slice(caret);
    close();
    field.current?.focus();
  }
  function close() {
    open.value = false;
  }
  function move(by: number) {
    active.value = (active.value + by + list.length) % list.length;
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => choose(active.value),
    Tab: () => choose(active.value),
    Escape: close,
  };
  return {
    list,
    active: Math.min(active.value, list.length - 1),
    usage: command && `${command.command} ${command.usageHint}`,
    choose,
    close,
    typed({ currentTarget }) {
      draft.value = (currentTarget as HTMLTextAreaElement).value;
      open.value = true;
      active.value = 0;
    },
    takes(event) {
      const key = list.length > 0 && !event.shiftKey ? keys[event.key] : undefined;
      if (!key || (event.key === 'Enter' && isWhole(list[active.value], draft.value))) return false;
      event.preventDefault();
      key();
      return true;
    },
    activeId: (listId) => (list.length > 0 ? `${listId}-${active.value}` : undefined),
  };
}

/** Enter on a command that is already typed in full sends it. */
const isWhole = (suggestion: Suggestion | undefined, text: string): boolean =>
  suggestion?.insert.trim() === text.trim();

/** What could be meant, above the field; or how the command is used. */
export function SuggestionList({ id, suggesting }: { id: string; suggesting: Suggesting }): VNode {
  const { list, active, usage, choose } = suggesting;
  return html`<div class="suggesting">
    <div class="suggestions" role="listbox" id=${id} aria-label="Suggestions" hidden=${list.length === 0}>
      ${list.map(
        (
          { title, hint, description },
          at,
        ) => html`<div role="option" id=${`${id}-${at}`} key=${title}
          aria-selected=${at === active} onMouseDown=${(event: Event) => {
            event.preventDefault();
            choose(at);
          }}>
          <strong>${title}</strong><span class="usage">${hint}</span><span class="what">${description}</span>
        </div>`,
      )}
    </div>
    ${usage ? html`<p class="usage-line">${usage}</p>` : null}
    <p class="sr-only" role="status">${list.length > 0 ? `${list.length} suggestions, ${list[active]?.title}` : ''}</p>
  </div>`;
}
