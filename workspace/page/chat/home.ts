import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { blocks } from '../blocks/blocks.ts';
import { memberName } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import { surfaceSignals } from '../state/surface.ts';
import { icon } from './icon.ts';

/** The app's Home tab, as the app last published it for this person. */
export function Home({ pane }: { pane: Pane }): VNode {
  const signals = useMemo(surfaceSignals, [pane]);
  const world = pane.world.value;
  const { app, home } = world ?? {};
  const whose = world ? memberName(world.me, world.names) : '';
  const surface = {
    key: `${pane.side}/home`,
    pane,
    reader: pane.reader.value,
    origin: { view: home?.id ?? '' },
    errors: {},
    ...signals,
  };
  return html`<div class="home-tab">
    <header class="channel-header">
      <div class="channel-line"><h2>${icon('home')}<span>${app?.name} Home</span></h2></div>
    </header>
    <div class="home-content" tabindex="0" role="region" aria-label=${`Home tab of ${whose}`}>
      ${home ? blocks(home.blocks, surface) : html`<p class="empty">${app?.name} has not shown anything here yet.</p>`}
    </div>
  </div>`;
}
