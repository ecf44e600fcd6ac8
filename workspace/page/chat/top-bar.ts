import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Faults } from '../../protocol.ts';
import { faultCount } from '../inspector/fault-count.ts';
import type { DrawerTab } from '../state/address.ts';
import type { Workspace } from '../state/workspace.ts';
import { type IconName, icon } from './icon.ts';

/** The workspace's name, whether the app is there, and what can be shown beside the conversation. */
export function TopBar({ workspace }: { workspace: Workspace }): VNode {
  const world = workspace.left.world.value ?? workspace.right.world.value;
  const two = workspace.panes.value === 2;
  const toggle = () => {
    workspace.panes.value = two ? 1 : 2;
  };
  return html`<header class="top-bar">
    <h1>${icon('app')}<span>${world?.team.name ?? 'Local workspace'}</span></h1>
    ${connection(workspace)}
    <span class="space"></span>
    ${drawerButton(workspace, 'faults', 'fault', faultsText(workspace.faults.value))}
    ${drawerButton(workspace, 'traffic', 'inspect', 'Traffic')}
    ${drawerButton(workspace, 'people', 'people', 'People')}
    <button type="button" class="top-button panes-button" aria-pressed=${two} onClick=${toggle}>
      ${icon(two ? 'panes' : 'pane')}<span>Two people</span></button>
  </header>`;
}

/** Words, not only a colour: whether the workspace answers, and whether the app listens. */
function connection({ left, right }: Workspace): VNode {
  const world = left.world.value ?? right.world.value;
  const lost = world !== null && !left.connected.value && !right.connected.value;
  const { app } = world ?? {};
  if (lost || !app) return status('down', lost ? 'Workspace lost, trying again' : 'Connecting…');
  if (app.mode === 'http') return status('up', `${app.name} over HTTP`);
  if (app.sockets === 0) return status('down', `${app.name} is not connected`);
  const count = app.sockets === 1 ? '1 socket' : `${app.sockets} sockets`;
  return status('up', `${app.name} connected, ${count}`);
}

const status = (state: 'up' | 'down', text: string): VNode =>
  html`<p class=${`status ${state}`} role="status">${text}</p>`;

function faultsText(faults: Faults | null): string {
  const count = faults ? faultCount(faults) : 0;
  if (count === 0) return 'Faults';
  return count === 1 ? '1 fault on' : `${count} faults on`;
}

function drawerButton({ drawer }: Workspace, tab: DrawerTab, sign: IconName, text: string): VNode {
  const open = drawer.value === tab;
  const toggle = () => {
    drawer.value = open ? null : tab;
  };
  return html`<button type="button" class=${`top-button ${/on$/.test(text) ? 'alarming' : ''}`}
    aria-pressed=${open} onClick=${toggle}>${icon(sign)}<span>${text}</span></button>`;
}
