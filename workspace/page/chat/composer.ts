import { effect, useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Menu } from '../elements/menu.ts';
import { show } from '../show.ts';
import { ask, failureText } from '../state/control.ts';
import { memberName } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import { useDraft } from './draft.ts';
import { icon } from './icon.ts';
import { sendDraft } from './send-draft.ts';
import { useSuggesting } from './suggesting.ts';
import { activeOption, suggestionList } from './suggestion-list.ts';

/** Where a person types. What they typed stays until it has been taken. */
export function Composer({
  pane,
  threadTs,
}: {
  pane: Pane;
  threadTs: string | null;
}): VNode | null {
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(pane, threadTs);
  const waiting = useSignal(false);
  const failure = useSignal<string | null>(null);
  // What went wrong says nothing any more once the connection is back, or something else is typed.
  useLayoutEffect(
    () =>
      effect(() => {
        if (pane.connected.value && draft.value !== null) failure.value = null;
      }),
    [],
  );
  const suggesting = useSuggesting(pane, draft, field);
  const id = `${pane.side}-${threadTs === null ? 'composer' : 'reply'}`;
  const send = () => sendDraft({ pane, threadTs, draft, waiting, failure });
  function pressed(event: KeyboardEvent) {
    if (suggesting.takes(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    } else if (event.key === 'ArrowUp' && draft.value === '' && pane.sent.length > 0) {
      event.preventDefault();
      draft.value = pane.sent.at(-1) ?? '';
    }
  }
  function submitted(event: Event) {
    event.preventDefault();
    void send();
  }
  return html`<form class="composer" onSubmit=${submitted}>
    ${failure.value ? html`<p class="error" role="alert">${failure.value}</p>` : null}
    ${suggestionList(`${id}-suggestions`, suggesting)}
    <div class="composer-box" aria-busy=${waiting.value}>
      ${threadTs === null ? shortcuts(pane, failure) : null}
      <textarea ref=${field} id=${id} rows=${Math.min(draft.value.split('\n').length, 10)} placeholder=${placeholder(pane, threadTs)}
        aria-label=${placeholder(pane, threadTs)} aria-autocomplete="list" aria-controls=${`${id}-suggestions`}
        aria-activedescendant=${activeOption(`${id}-suggestions`, suggesting)} value=${draft.value}
        onInput=${suggesting.typed} onKeyDown=${pressed} onBlur=${suggesting.close}></textarea>
      <button type="submit" class="send" aria-label="Send" title="Send" aria-busy=${waiting.value}
        disabled=${draft.value.trim() === ''}>${icon('send')}</button>
    </div>
  </form>`;
}

/** Says who is typing: with two people side by side it is soon forgotten. */
function placeholder({ channel, world }: Pane, threadTs: string | null): string {
  const as = world.value ? ` as ${memberName(world.value.me, world.value.names)}` : '';
  if (threadTs !== null) return `Reply${as}`;
  const { kind, name } = channel.value ?? {};
  return `Message ${kind === 'im' ? world.value?.app.name : `#${name}`}${as}`;
}

function shortcuts(pane: Pane, failure: { value: string | null }): VNode | null {
  const list = pane.world.value?.shortcuts.filter(({ type }) => type === 'global') ?? [];
  if (list.length === 0) return null;
  const items = list.map(({ name, callbackId }) => ({
    text: name,
    choose: () => void run(callbackId),
  }));
  async function run(callbackId: string) {
    const answer = await ask('shortcut', { as: pane.person.value ?? '', callbackId });
    const appName = pane.world.value?.app.name ?? 'The app';
    failure.value = answer.ok ? null : failureText(answer.error, appName);
  }
  return show(Menu, { label: 'Shortcuts', face: icon('plus'), items });
}
