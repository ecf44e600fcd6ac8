import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { memberName, type Names } from '../state/names.ts';

/** Who reads a text, and what everybody is called for them. */
export interface Reader {
  readonly me: string;
  readonly names: Names;
}

const mark = (text: string, toMe: boolean): VNode =>
  html`<span class=${toMe ? 'mention to-me' : 'mention'}>${text}</span>`;

/** `@On-call engineer`; the id itself when nobody has it. */
export const memberMention = (id: string, { names, me }: Reader): VNode =>
  mark(`@${memberName(id, names)}`, id === me);

/** `#auth-oncall`, which leads there; the label or the id when the reader knows no such channel. */
export function channelMention(id: string, { names }: Reader, label?: string): VNode {
  const name = names.channels.get(id);
  if (name === undefined) return mark(`#${label ?? id}`, false);
  return html`<button type="button" class="mention" data-channel=${id}>#${name}</button>`;
}

/** `@security`, marked for its members. */
export function groupMention(id: string, { names, me }: Reader): VNode {
  const group = names.groups.get(id);
  return mark(`@${group?.handle ?? id}`, group?.members.includes(me) ?? false);
}

/** `@here`, `@channel` and `@everyone`, which call everybody. */
export const broadcastMention = (range: string): VNode => mark(`@${range}`, true);
