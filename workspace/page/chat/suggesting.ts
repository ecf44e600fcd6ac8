import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
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
  const close = () => {
    open.value = false;
  };
  const choose = (at: number) => {
    const { insert } = list[at] ?? { insert: '' };
    draft.value = draft.value.slice(0, found?.from) + insert + draft.value.slice(caret);
    close();
    field.current?.focus();
  };
  return {
    list,
    active: active.value,
    usage: command && `${command.command} ${command.usageHint}`,
    choose,
    close,
    typed({ currentTarget }) {
      draft.value = (currentTarget as HTMLTextAreaElement).value;
      open.value = true;
      active.value = 0;
    },
    takes(event) {
      const whole = list[active.value]?.insert.trim() === draft.value.slice(found?.from, caret);
      return list.length > 0 && taken(event, { active, count: list.length, whole, close, choose });
    },
  };
}

interface Keys {
  active: Signal<number>;
  count: number;
  /** What is typed is a suggestion already: Enter sends it. */
  whole: boolean;
  close(): void;
  choose(at: number): void;
}

function taken(event: KeyboardEvent, { active, count, whole, close, choose }: Keys): boolean {
  const move = (by: number) => {
    active.value = (active.value + by + count) % count;
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Tab: () => choose(active.value),
    Escape: close,
    ...(!whole && { Enter: () => choose(active.value) }),
  };
  const key = event.shiftKey ? undefined : keys[event.key];
  if (!key) return false;
  event.preventDefault();
  key();
  return true;
}
