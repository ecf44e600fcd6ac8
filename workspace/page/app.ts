import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { PaneView } from './chat/pane-view.ts';
import { TopBar } from './chat/top-bar.ts';
import { Drawer } from './inspector/drawer.ts';
import { show } from './show.ts';
import type { Workspace } from './state/workspace.ts';

/** The page: a bar, one or two people's views, and the inspector. */
export function App({ workspace }: { workspace: Workspace }): VNode {
  const { left, right, panes, drawer } = workspace;
  return html`<div class="app">
    ${skipLinks(panes.value)}
    ${show(TopBar, { workspace })}
    <main class=${panes.value === 2 ? 'panes two' : 'panes one'}>
      ${show(PaneView, { pane: left }, 'left')}
      ${panes.value === 2 ? show(PaneView, { pane: right }, 'right') : null}
    </main>
    ${drawer.value ? show(Drawer, { workspace, tab: drawer.value }) : null}
  </div>`;
}

/** The address holds the view, so these move the focus themselves. */
const skipLinks = (panes: 1 | 2): VNode[] =>
  (panes === 2 ? ['left', 'right'] : ['left']).map((side) => {
    const id = `${side}-pane`;
    function skip(event: Event) {
      event.preventDefault();
      const pane = document.getElementById(id);
      pane
        ?.querySelector<HTMLElement>('dialog[open] :is(input, button), textarea, .home-content')
        ?.focus();
    }
    return html`<a class="skip" href=${`#${id}`} onClick=${skip}>Skip to the ${side} pane’s message field</a>`;
  });
