import { useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Group, Member } from '../../protocol.ts';
import { ask } from '../state/control.ts';
import { calledBy, noNames } from '../state/names.ts';
import type { Workspace } from '../state/workspace.ts';

/** Who is in which group, who is a guest, who has left: what an app has to notice while it works. */
export function PeoplePanel({ workspace }: { workspace: Workspace }): VNode {
  const note = useSignal('');
  const world = workspace.left.world.value ?? workspace.right.world.value;
  const { members, groups } = world?.names ?? noNames;
  const people = [...members.values()].filter(({ bot }) => !bot);
  async function tell(change: Promise<{ ok: boolean; error?: string }>) {
    const answer = await change;
    note.value = answer.ok ? 'Set; the app was told.' : `Not set: ${answer.error}.`;
  }
  return html`<div class="people">
    <table>
      <thead><tr><th scope="col">Person</th>
        ${[...groups.values()].map(({ handle }) => html`<th scope="col">@${handle}</th>`)}
        <th scope="col">Guest</th><th scope="col">Deactivated</th></tr></thead>
      <tbody>${people.map((member) => row(member, [...groups.values()], (change) => void tell(change)))}</tbody>
    </table>
    <p role="status">${note.value}</p>
  </div>`;
}

type Tell = (change: Promise<{ ok: boolean; error?: string }>) => void;

function row(member: Member, groups: readonly Group[], tell: Tell): VNode {
  const { id, guest, deactivated } = member;
  const name = calledBy(member);
  const box = (label: string, checked: boolean, set: (on: boolean) => void) =>
    html`<td><input type="checkbox" aria-label=${label} checked=${checked}
      onChange=${(event: Event) => set((event.currentTarget as HTMLInputElement).checked)} /></td>`;
  return html`<tr key=${id}><th scope="row">${name}</th>
    ${groups.map((group) =>
      box(`${name} is in @${group.handle}`, group.members.includes(id), (on) =>
        tell(ask('group', { group: group.id, ...(on ? { join: id } : { leave: id }) })),
      ),
    )}
    ${box(`${name} is a guest`, guest, (on) => tell(ask('member', { user: id, guest: on })))}
    ${box(`${name} is deactivated`, deactivated, (on) => tell(ask('member', { user: id, deactivated: on })))}
  </tr>`;
}
