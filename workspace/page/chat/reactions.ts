import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Message } from '../../protocol.ts';
import { ask } from '../state/control.ts';
import { memberName } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import { emoji } from '../text/emoji.ts';
import type { Reader } from '../text/mention.ts';

/** Who reacted how; a press adds one's own. */
export function reactions(pane: Pane, message: Message, { names, me }: Reader): VNode | null {
  if (message.reactions.length === 0) return null;
  return html`<ul class="reactions" aria-label="Reactions">
    ${message.reactions.map(
      ({ name, users }) => html`<li key=${name}>
        <button type="button" class="reaction" aria-pressed=${users.includes(me)}
          title=${users.map((id) => memberName(id, names)).join(', ')}
          onClick=${() => react(pane, message, name)}>${emoji(name) ?? `:${name}:`} ${users.length}</button>
      </li>`,
    )}
  </ul>`;
}

/** Reacts as the pane's person. */
export function react(pane: Pane, { channel, ts }: Message, name: string): void {
  void ask('react', { as: pane.person.value ?? '', channel, ts, name });
}
