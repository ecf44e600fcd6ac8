import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Member } from '../../protocol.ts';
import { calledBy } from '../state/names.ts';
import { icon } from './icon.ts';
import { initials, tintOf } from './initials.ts';

/** A tile that stands for a person or an app. Their name stands beside it. */
export function avatar(member: Member | undefined, id: string): VNode {
  const face = member?.bot
    ? icon(id === 'USLACKBOT' ? 'bolt' : 'app')
    : initials(member ? calledBy(member) : id);
  return html`<span class=${`avatar ${tintOf(id)} ${member?.bot ? 'bot' : ''}`} aria-hidden="true">${face}</span>`;
}
