import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Suggestion } from '../state/suggestions.ts';
import type { Suggesting } from './suggesting.ts';

/** The DOM id of the suggestion that Enter would take; none when there is no list. */
export const activeOption = (id: string, { list, active }: Suggesting): string | undefined =>
  list.length > 0 ? `${id}-${active}` : undefined;

/** What could be meant, above the field; or how the command is used. */
export function suggestionList(id: string, suggesting: Suggesting): VNode {
  const { list, active, usage, choose } = suggesting;
  return html`<div class="suggesting">
    <div class="suggestions" role="listbox" id=${id} aria-label="Suggestions" hidden=${list.length === 0}>
      ${list.map((suggestion, at) => option(suggestion, `${id}-${at}`, at === active, () => choose(at)))}
    </div>
    ${usage ? html`<p class="usage-line">${usage}</p>` : null}
    <p class="sr-only" role="status">${list.length > 0 ? `${list.length} suggestions, ${list[active]?.title}` : ''}</p>
  </div>`;
}

function option(suggestion: Suggestion, id: string, active: boolean, choose: () => void): VNode {
  const { title, hint, description } = suggestion;
  /** Before the field loses the focus, which would close the list. */
  function press(event: Event) {
    event.preventDefault();
    choose();
  }
  return html`<div role="option" id=${id} key=${title} aria-selected=${active} onMouseDown=${press}>
    <strong>${title}</strong><span class="usage">${hint}</span><span class="what">${description}</span>
  </div>`;
}
