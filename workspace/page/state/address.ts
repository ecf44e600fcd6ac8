/** Who one pane shows, where, and which thread is open there; null where nothing is chosen. */
export interface Spot {
  person: string | null;
  /** A channel's id, or `home`. */
  place: string | null;
  thread: string | null;
}

/** The sides of the inspector. */
export const drawerTabs = ['traffic', 'faults', 'people'] as const;

/** One of them. */
export type DrawerTab = (typeof drawerTabs)[number];

/** Everything about the view that the address remembers. */
export interface Address {
  left: Spot;
  right: Spot;
  panes: 1 | 2;
  drawer: DrawerTab | null;
}

/** Reads `#left=U1/C1&right=U2/home&panes=one&drawer=traffic`. Anything unknown counts as not said. */
export function readAddress(hash: string): Address {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const drawer = said.get('drawer');
  return {
    left: readSpot(said.get('left')),
    right: readSpot(said.get('right')),
    panes: said.get('panes') === 'one' ? 1 : 2,
    drawer: drawerTabs.find((tab) => tab === drawer) ?? null,
  };
}

function readSpot(said: string | null): Spot {
  const [person, place, thread] = (said ?? '').split('/');
  return { person: person || null, place: place || null, thread: thread || null };
}

/** The hash that {@link readAddress} reads as the same address. */
export function writeAddress({ left, right, panes, drawer }: Address): string {
  const parts = [`left=${writeSpot(left)}`, `right=${writeSpot(right)}`];
  if (panes === 1) parts.push('panes=one');
  if (drawer) parts.push(`drawer=${drawer}`);
  return `#${parts.join('&')}`;
}

/** A gap ends the list: a thread without a place says nothing. */
function writeSpot({ person, place, thread }: Spot): string {
  const parts = [person, place, thread];
  const end = parts.indexOf(null);
  return (end === -1 ? parts : parts.slice(0, end))
    .map((p) => encodeURIComponent(p ?? ''))
    .join('/');
}
