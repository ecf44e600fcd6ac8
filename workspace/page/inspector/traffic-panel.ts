import { useComputed, useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Traffic } from '../../protocol.ts';
import { ask } from '../state/control.ts';
import { withTraffic } from '../state/traffic.ts';
import type { Workspace } from '../state/workspace.ts';
import { trafficDetail } from './traffic-detail.ts';
import { trafficLine } from './traffic-line.ts';

/** Every call and delivery between Slack and the app, newest first; a press shows what was in it. */
export function TrafficPanel({ workspace }: { workspace: Workspace }): VNode {
  const { traffic } = workspace;
  const chosen = useSignal<number | null>(null);
  const filter = useSignal('');
  const lineOf = useMemo(() => {
    return cachedLines((seq) => {
      chosen.value = seq;
    });
  }, []);
  const shown = useComputed(() => matching(traffic.value, filter.value));
  useEffect(() => {
    void ask('traffic', {}).then((answer) => {
      if (answer.ok) traffic.value = withTraffic(traffic.value, answer.traffic);
    });
  }, []);
  const detail = traffic.value.find(({ seq }) => seq === chosen.value);
  function search({ currentTarget }: { currentTarget: HTMLInputElement }) {
    filter.value = currentTarget.value;
  }
  return html`<div class="traffic">
    <div class="traffic-list">
      <input type="search" class="traffic-filter" placeholder="Filter by name or outcome" aria-label="Filter the traffic" onInput=${search} />
      <div class="traffic-scroll" tabindex="0" role="region" aria-label="Traffic">
        <table>
          <thead><tr><th scope="col">Time</th><th scope="col">Direction</th><th scope="col">What</th><th scope="col">Outcome</th><th scope="col" class="right">ms</th></tr></thead>
          <tbody>${shown.value.map((line) => lineOf(line, line.seq === chosen.value))}</tbody>
        </table>
        ${shown.value.length === 0 ? html`<p class="empty">${traffic.value.length === 0 ? 'Nothing has gone over the wire yet.' : 'Nothing matches.'}</p>` : null}
      </div>
    </div>
    ${trafficDetail(detail)}
  </div>`;
}

const matching = (lines: readonly Traffic[], filter: string): readonly Traffic[] =>
  lines
    .filter(({ what, outcome }) =>
      `${what} ${outcome}`.toLowerCase().includes(filter.toLowerCase()),
    )
    .toReversed();

/** One vnode per line and state, so that a new line does not make the others anew. */
function cachedLines(choose: (seq: number) => void) {
  const made = new WeakMap<Traffic, VNode>();
  return (line: Traffic, chosen: boolean): VNode => {
    const row = chosen ? undefined : made.get(line);
    if (row) return row;
    const fresh = trafficLine(line, chosen, choose);
    if (!chosen) made.set(line, fresh);
    return fresh;
  };
}
