import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { icon } from '../chat/icon.ts';
import { show } from '../show.ts';
import { type DrawerTab, drawerTabs } from '../state/address.ts';
import type { Workspace } from '../state/workspace.ts';
import { FaultsPanel } from './faults-panel.ts';
import { PeoplePanel } from './people-panel.ts';
import { TrafficPanel } from './traffic-panel.ts';

const titles: Record<DrawerTab, string> = {
  traffic: 'Traffic',
  faults: 'Faults',
  people: 'People',
};

const panels: Record<DrawerTab, (props: { workspace: Workspace }) => VNode> = {
  traffic: TrafficPanel,
  faults: FaultsPanel,
  people: PeoplePanel,
};

/** What goes over the wire, and what breaks it. */
export function Drawer({ workspace, tab }: { workspace: Workspace; tab: DrawerTab }): VNode {
  const close = () => {
    workspace.drawer.value = null;
  };
  return html`<aside class="drawer" aria-label="Inspector">
    <header>
      <div role="tablist" aria-label="Inspector">
        ${drawerTabs.map((name) => tabButton(workspace, name, tab))}
      </div>
      <button type="button" class="icon-button" aria-label="Close inspector" title="Close" onClick=${close}>${icon('close')}</button>
    </header>
    <div class="drawer-content" role="tabpanel" id="drawer-panel" aria-labelledby=${`tab-${tab}`}>
      ${show(panels[tab], { workspace }, tab)}
    </div>
  </aside>`;
}

function tabButton({ drawer }: Workspace, name: DrawerTab, tab: DrawerTab): VNode {
  const choose = () => {
    drawer.value = name;
  };
  function move(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const { length } = drawerTabs;
    const other = drawerTabs[(drawerTabs.indexOf(name) + step + length) % length] ?? name;
    drawer.value = other;
    document.getElementById(`tab-${other}`)?.focus();
  }
  return html`<button type="button" role="tab" id=${`tab-${name}`} aria-selected=${name === tab}
    aria-controls="drawer-panel" tabindex=${name === tab ? 0 : -1} onClick=${choose} onKeyDown=${move}>${titles[name]}</button>`;
}
