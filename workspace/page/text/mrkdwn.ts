import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { type Command, type Node, NodeType, parse, type UserLink } from 'slack-message-parser';
import { calendar } from './calendar.ts';
import { dateText } from './date-mark.ts';
import { emoji } from './emoji.ts';
import { decoded } from './entities.ts';
import { link } from './link.ts';
import {
  broadcastMention,
  channelMention,
  groupMention,
  memberMention,
  type Reader,
} from './mention.ts';

type Piece = string | VNode;

/**
 * Slack's mrkdwn as elements. There is no HTML in between: what a person or an app wrote can only
 * ever become text, one of the marks below, or a link to a web or mail address.
 */
export const mrkdwn = (text: string, reader: Reader): VNode =>
  html`<div class="mrkdwn">${pieces(parse(text).children, reader)}</div>`;

const pieces = (nodes: readonly Node[], reader: Reader): Piece[] =>
  nodes.map((node, index) => piece(afterBox(node, nodes[index - 1]), reader));

/** The line break that ends a code box would show as an empty line below it. */
function afterBox(node: Node, before: Node | undefined): Node {
  const boxed = before?.type === NodeType.PreText || before?.type === NodeType.Quote;
  if (!boxed || node.type !== NodeType.Text) return node;
  return { ...node, text: node.text.replace(/^\n/, '') };
}

function piece(node: Node, reader: Reader): Piece {
  switch (node.type) {
    case NodeType.Text:
      return decoded(node.text);
    case NodeType.Emoji:
      return emoji(node.name) ?? decoded(node.source);
    case NodeType.Code:
      return html`<code>${decoded(node.text)}</code>`;
    case NodeType.PreText:
      return html`<pre tabindex="0"><code>${decoded(node.text.replace(/^\n|\n$/g, ''))}</code></pre>`;
    case NodeType.Bold:
      return html`<strong>${pieces(node.children, reader)}</strong>`;
    case NodeType.Italic:
      return html`<em>${pieces(node.children, reader)}</em>`;
    case NodeType.Strike:
      return html`<s>${pieces(node.children, reader)}</s>`;
    case NodeType.Quote:
      return html`<blockquote>${pieces(node.children, reader)}</blockquote>`;
    case NodeType.Root:
      return html`<span>${pieces(node.children, reader)}</span>`;
    case NodeType.URL:
      return link(decoded(node.url), node.label ? pieces(node.label, reader) : decoded(node.url));
    case NodeType.UserLink:
      return mentioned(node, reader);
    case NodeType.ChannelLink:
      return channelMention(node.channelID, reader, labelText(node.label));
    case NodeType.Command:
      return command(node, reader);
  }
}

/** User groups can come as `<@S…>` too. */
const mentioned = ({ userID }: UserLink, reader: Reader): VNode =>
  reader.names.groups.has(userID) ? groupMention(userID, reader) : memberMention(userID, reader);

function command(
  { name, arguments: [first = '', format = '', address], label, source }: Command,
  reader: Reader,
): Piece {
  switch (name) {
    case 'here':
    case 'channel':
    case 'everyone':
      return broadcastMention(name);
    case 'subteam':
      return groupMention(first, reader);
    case 'date':
      return date(first, decoded(format), address, labelText(label) ?? decoded(source));
    default:
      return labelText(label) ?? decoded(source);
  }
}

function date(
  seconds: string,
  format: string,
  address: string | undefined,
  fallback: string,
): Piece {
  if (!/^\d{1,11}$/.test(seconds)) return fallback;
  const text = dateText(Number(seconds), format, calendar);
  const instant = new Date(Number(seconds) * 1000).toISOString();
  const time = html`<time datetime=${instant} title=${fallback}>${text}</time>`;
  return address === undefined ? time : link(decoded(address), time);
}

const labelText = (label: readonly Node[] | undefined): string | undefined =>
  label && decoded(label.map(({ source }) => source).join(''));
