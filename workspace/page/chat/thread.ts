import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { show } from '../show.ts';
import type { Pane } from '../state/pane.ts';
import { Composer } from './composer.ts';
import { icon } from './icon.ts';
import { cachedRows } from './message-list.ts';
import { moveAmongMessages } from './move.ts';

/** A message and the replies to it, with a composer of their own. */
export function Thread({ pane, ts }: { pane: Pane; ts: string }): VNode {
  const rowOf = useMemo(() => cachedRows(pane, true), [pane, ts]);
  const list = pane.messages.value.filter((m) => m.ts === ts || m.threadTs === ts);
  const close = () => {
    pane.thread.value = null;
  };
  return html`<section class="thread" aria-label="Thread">
    <header class="thread-header"><h2>Thread</h2>
      <button type="button" class="icon-button" aria-label="Close thread" title="Close" onClick=${close}>${icon('close')}</button>
    </header>
    <div class="log" role="log" tabindex="0" aria-label="Messages in the thread" onKeyDown=${moveAmongMessages}>
      <div class="rows">${list.map((message) => rowOf(message, false))}</div>
    </div>
    ${show(Composer, { pane, threadTs: ts }, `${pane.person.value}/${ts}`)}
  </section>`;
}
