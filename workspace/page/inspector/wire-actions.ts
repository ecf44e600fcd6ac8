import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Control, Snapshot } from '../../protocol.ts';
import { ask } from '../state/control.ts';

type SocketAction = Control['sockets']['body']['do'];
type Resend = Control['resend']['body']['how'];

const socketActions: [SocketAction, string][] = [
  ['refresh', 'Ask for a refresh'],
  ['warning', 'Warn of a disconnect'],
  ['drop', 'Drop a connection'],
  ['app_rate_limited', 'Say rate limited'],
];

const resends: [Resend, string][] = [
  ['bad-signature', 'With a bad signature'],
  ['stale', 'With an old time'],
  ['future', 'With a time to come'],
  ['replay', 'Unchanged'],
];

/** What Slack does to sockets; or, over HTTP, the last signed request once more. */
export const wireActions = (mode: Snapshot['app']['mode'], say: (text: string) => void): VNode =>
  mode === 'socket'
    ? group('Sockets', socketActions, async (action) => {
        const answer = await ask('sockets', { do: action });
        say(answer.ok ? `Done; ${answer.sockets} connected.` : `Not done: ${answer.error}.`);
      })
    : group('Send the last request again', resends, async (how) => {
        const answer = await ask('resend', { how });
        say(answer.ok ? `The app answered ${answer.status}.` : `Not sent: ${answer.error}.`);
      });

const group = <Name extends string>(
  title: string,
  actions: [Name, string][],
  run: (name: Name) => Promise<void>,
): VNode =>
  html`<section aria-labelledby="faults-wire">
    <h2 id="faults-wire">${title}</h2>
    <div class="actions">${actions.map(
      ([name, text]) =>
        html`<button type="button" class="button" onClick=${() => run(name)}>${text}</button>`,
    )}</div>
  </section>`;
