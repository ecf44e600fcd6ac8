import { useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Faults } from '../../protocol.ts';
import { ask } from '../state/control.ts';
import type { Workspace } from '../state/workspace.ts';
import { faultCount, healthy } from './fault-count.ts';
import { faultField } from './fault-field.ts';
import { wireActions } from './wire-actions.ts';

/** What was asked for and is not answered yet: a switch stays where it was put until the last answer. */
interface Asked {
  change: Partial<Faults>;
  turn: number;
}

/** Switches for everything that can go wrong between Slack and the app. */
export function FaultsPanel({ workspace }: { workspace: Workspace }): VNode {
  const note = useSignal('');
  const asked = useSignal<Asked>({ change: {}, turn: 0 });
  const faults = { ...(workspace.faults.value ?? healthy), ...asked.value.change };
  const say = (text: string) => {
    note.value = text;
  };
  async function set(change: Partial<Faults>) {
    const turn = asked.value.turn + 1;
    asked.value = { change: { ...asked.value.change, ...change }, turn };
    const answer = await ask('faults', change);
    if (asked.value.turn === turn) {
      if (answer.ok) workspace.faults.value = answer.faults; // an earlier answer may come after a later one
      asked.value = { change: {}, turn };
    }
    say(answer.ok ? 'Set.' : `Not set: ${answer.error}.`);
  }
  const field = faultField(faults, (change) => void set(change));
  const world = workspace.left.world.value ?? workspace.right.world.value;
  return html`<div class="faults">
    <section aria-labelledby="faults-api">
      <h2 id="faults-api">Web API</h2>
      ${field.number('latencyMs', 'Slower by', 'ms', 60_000)}
      ${field.share('failBefore', 'Answers 503 before doing anything')}
      ${field.share('dropAfter', 'Does it, then drops the connection')}
      ${field.share('rateLimited', 'Answers 429')}
      ${field.flag('hang', 'Never answers')}
      ${field.flag('revoked', 'Token revoked')}
      ${field.number('fileMs', 'Looks at uploaded files for', 'ms', 60_000)}
    </section>
    <section aria-labelledby="faults-delivery">
      <h2 id="faults-delivery">Deliveries to the app</h2>
      ${field.number('copies', 'Sent', 'times', 10)}
      ${field.number('delayMs', 'Held back', 'ms', 60_000)}
    </section>
    ${wireActions(world?.app.mode ?? 'socket', say)}
    <footer>
      <button type="button" class="button" disabled=${faultCount(faults) === 0} onClick=${() => set(healthy)}>Make everything healthy</button>
      <p role="status">${note.value}</p>
    </footer>
  </div>`;
}
