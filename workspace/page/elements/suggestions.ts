import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { string } from '../blocks/read.ts';
import { ask } from '../state/control.ts';
import type { Placed } from '../state/surface.ts';
import type { Option } from './options.ts';

/** How long typing must rest before the app is asked, in milliseconds. */
const restMs = 150;

/** The options that the app suggests for what is typed into an external select. */
export function useSuggestions({ surface, blockId, element }: Placed): {
  options: readonly Option[];
  search(query: string): void;
} {
  const options = useSignal<readonly Option[]>([]);
  const newest = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3;
  async function load(query: string) {
    const answer = await ask('suggest', {
      as: surface.pane.person.value ?? '',
      actionId: string(element.action_id),
      blockId,
      query,
      ...surface.origin,
    });
    if (query !== newest.current) return; // something else was typed before the app had answered
    options.value = (answer.options ?? []).map((option) => ({ ...option, description: '' }));
  }
  return {
    options: options.value,
    search(query) {
      clearTimeout(timer.current);
      newest.current = query;
      if (query.length < least) return;
      timer.current = setTimeout(() => void load(query), restMs);
    },
  };
}
