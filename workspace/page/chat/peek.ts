import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { type IconName, icon } from './icon.ts';

/** A count in the channel's header; a press shows what was counted. */
export function peek(props: {
  id: string;
  sign: IconName;
  count: number;
  /** What is counted, such as `members`. */
  of: string;
  entries: readonly ComponentChildren[];
}): VNode {
  const { id, sign, count, of, entries } = props;
  return html`<span class="menu">
    <button type="button" class="badge" popovertarget=${id}>
      ${icon(sign)}${count}<span class="sr-only"> ${of}</span>
    </button>
    <div id=${id} popover class="peek">
      <h3>${count} ${of}</h3>
      <ul>${entries.map((entry) => html`<li>${entry}</li>`)}</ul>
    </div>
  </span>`;
}
