import { batch } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Member } from '../../protocol.ts';
import { calledBy } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import { avatar } from './avatar.ts';

/** Who this pane is. */
export function personPicker(pane: Pane): VNode {
  const members = pane.world.value?.names.members;
  const me = pane.person.value ?? '';
  const people = [...(members?.values() ?? [])].filter(({ bot }) => !bot);
  function become({ currentTarget }: { currentTarget: HTMLSelectElement }) {
    batch(() => {
      pane.person.value = currentTarget.value;
      pane.thread.value = null;
    });
  }
  return html`<label class="person-picker">
    ${avatar(members?.get(me), me)}
    <span class="person-question">I am</span>
    <select aria-label=${`Who I am in the ${pane.side} pane`} value=${me} onChange=${become}>
      ${people.map((member) => html`<option value=${member.id}>${personText(member)}</option>`)}
    </select>
  </label>`;
}

/** The ones who may do less say so. */
const personText = (member: Member): string => {
  const { guest, deactivated } = member;
  const notes = [
    guest && calledBy(member) !== 'Guest' ? 'guest' : '',
    deactivated ? 'deactivated' : '',
  ];
  const note = notes.filter(Boolean).join(', ');
  return note ? `${calledBy(member)} (${note})` : calledBy(member);
};
