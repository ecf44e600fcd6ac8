import { batch, effect, type Signal, signal } from '@preact/signals';
import type { Faults, Feed, Traffic } from '../../protocol.ts';
import { type Address, type DrawerTab, readAddress, type Spot, writeAddress } from './address.ts';
import { choosePersons } from './choose-persons.ts';
import { createPane, type Pane } from './pane.ts';
import { settlePlace } from './place.ts';
import { withTraffic } from './traffic.ts';
import { followUnread } from './unread.ts';

/** The whole page: two people's views, and what goes on behind them. */
export interface Workspace {
  readonly left: Pane;
  readonly right: Pane;
  readonly panes: Signal<1 | 2>;
  readonly drawer: Signal<DrawerTab | null>;
  readonly traffic: Signal<readonly Traffic[]>;
  readonly faults: Signal<Faults | null>;
}

/** Opens what the address says, and from then on keeps the address and the page alike. */
export function openWorkspace(): Workspace {
  const address = readAddress(location.hash);
  const traffic = signal<readonly Traffic[]>([]);
  const faults = signal<Faults | null>(null);
  function hear(entry: Feed) {
    if (entry.type === 'snapshot') faults.value = entry.snapshot.faults;
    if (entry.type === 'faults') faults.value = entry.faults;
    if (entry.type === 'traffic') traffic.value = withTraffic(traffic.value, [entry.traffic]);
  }
  const workspace: Workspace = {
    left: createPane('left', address.left, hear),
    right: createPane('right', address.right, hear),
    panes: signal(address.panes),
    drawer: signal(address.drawer),
    traffic,
    faults,
  };
  for (const pane of [workspace.left, workspace.right]) {
    settlePlace(pane);
    followUnread(pane);
  }
  void choosePersons(workspace);
  keepAddress(workspace);
  return workspace;
}

const spotOf = ({ person, place, thread }: Pane): Spot => ({
  person: person.value,
  place: place.value,
  thread: thread.value,
});

const addressOf = ({ left, right, panes, drawer }: Workspace): Address => ({
  left: spotOf(left),
  right: spotOf(right),
  panes: panes.value,
  drawer: drawer.value,
});

function keepAddress(workspace: Workspace) {
  effect(() => history.replaceState(null, '', writeAddress(addressOf(workspace))));
  addEventListener('hashchange', () => batch(() => goTo(workspace, readAddress(location.hash))));
}

function goTo({ left, right, panes, drawer }: Workspace, address: Address) {
  panes.value = address.panes;
  drawer.value = address.drawer;
  for (const [pane, spot] of [
    [left, address.left],
    [right, address.right],
  ] as const) {
    pane.person.value = spot.person ?? pane.person.value;
    pane.place.value = spot.place ?? pane.place.value;
    pane.thread.value = spot.thread;
  }
}
