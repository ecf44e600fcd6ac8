import { useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Message } from '../../protocol.ts';
import { blocks } from '../blocks/blocks.ts';
import { memberName } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import { type Surface, surfaceSignals } from '../state/surface.ts';
import { clockText, instantOf, instantText } from '../text/clock.ts';
import type { Reader } from '../text/mention.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { avatar } from './avatar.ts';
import { fileCard } from './file-card.ts';
import { icon } from './icon.ts';
import { reactions } from './reactions.ts';
import { threadSummary } from './thread-summary.ts';
import { tools } from './tools.ts';

/** What a row is made of. The names come with it, so that a row watches nothing but itself. */
export interface RowProps {
  pane: Pane;
  message: Message;
  reader: Reader;
  /** Right below another of the same author, without their name. */
  compact: boolean;
  inThread: boolean;
}

/** One message. Its tools exist only while the pointer or the focus is on it. */
export function Row(props: RowProps): VNode {
  const { pane, message, reader, compact, inThread } = props;
  const near = useSignal(false);
  const signals = useMemo(surfaceSignals, []);
  const surface = { ...surfaceOf(props), ...signals };
  const approach = () => {
    near.value = true;
  };
  /** A moment later, when the focus has reached where it goes. */
  const leave = ({ currentTarget }: Event) => {
    const row = currentTarget as HTMLElement;
    setTimeout(() => {
      near.value = staysNear(row);
    });
  };
  const name = memberName(message.user, reader.names);
  return html`<article class=${rowClass(message, compact)} tabindex="-1"
    aria-label=${`${name}, ${clockText(message.ts)}`} onMouseEnter=${approach} onMouseLeave=${leave}
    onFocusIn=${approach} onFocusOut=${leave}>
    ${compact ? html`<span class="avatar-gap">${time(message)}</span>` : avatar(reader.names.members.get(message.user), message.user)}
    <div class="message-body">
      ${compact ? null : byline(message, reader, name)}
      ${message.onlyFor ? html`<p class="only-you">${icon('eye')}Only visible to you</p>` : null}
      ${content(message, surface, reader)}
      ${message.files.map((file) => fileCard(file))}
      ${reactions(pane, message, reader)}
      ${inThread ? null : threadSummary(pane, message)}
    </div>
    ${near.value ? tools(pane, message, surface, inThread) : null}
  </article>`;
}

function surfaceOf({
  pane,
  message,
  reader,
  inThread,
}: RowProps): Omit<Surface, 'waiting' | 'failure'> {
  const { channel, ts } = message;
  const key = `${pane.side}/${inThread ? 'thread' : 'channel'}/${channel}/${ts}`;
  return { key, pane, reader, origin: { message: { channel, ts } }, errors: {} };
}

const staysNear = (row: HTMLElement): boolean =>
  row.matches(':hover') ||
  row.matches(':focus-within') ||
  row.querySelector(':popover-open') !== null;

const rowClass = ({ onlyFor, fromSlackbot }: Message, compact: boolean): string =>
  ['message', compact && 'compact', onlyFor && 'private-message', fromSlackbot && 'slackbot']
    .filter(Boolean)
    .join(' ');

const byline = (message: Message, { names }: Reader, name: string): VNode =>
  html`<p class="byline"><strong>${name}</strong>
    ${names.members.get(message.user)?.bot ? html`<span class="app-tag">app</span>` : null}
    ${time(message)}</p>`;

const time = ({ ts }: Message): VNode =>
  html`<time class="stamp" datetime=${instantOf(ts).toISOString()} title=${instantText(ts)}>${clockText(ts)}</time>`;

const content = (message: Message, surface: Surface, reader: Reader): VNode =>
  html`<div class="content">
    ${message.blocks.length > 0 ? blocks(message.blocks, surface) : mrkdwn(message.text, reader)}
    ${message.editedAt ? html`<span class="edited" title=${instantText(message.editedAt)}>(edited)</span>` : null}
  </div>`;
