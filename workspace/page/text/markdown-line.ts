import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { emoji } from './emoji.ts';
import { decoded } from './entities.ts';
import { link } from './link.ts';
import type { Reader } from './mention.ts';
import { mrkdwn } from './mrkdwn.ts';

type Piece = string | VNode;

/** No group repeats inside another, so that no line, however made, takes long. */
const marks =
  /`(?<code>[^`\n]+)`|\*\*(?<bold>[^*\n]+)\*\*|__(?<strong>[^_\n]+)__|(?<![\w*])[*_](?<italic>[^*_\s][^*_\n]*)[*_](?!\w)|~~(?<strike>[^~\n]+)~~|\[(?<label>[^\]\n]*)\]\((?<address>[^)\s]+)\)|:(?<emoji>[\w+-]+):|(?<slack><[@#!][^<>\n]+>)/g;

/** One line of markdown: bold, italic, strike, code, links, emoji, and Slack's own mentions. */
export function markdownLine(text: string, reader: Reader): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(marks)) {
    found.push(decoded(text.slice(from, match.index)));
    found.push(marked(match[0], match.groups ?? {}, reader));
    from = match.index + match[0].length;
  }
  return [...found, decoded(text.slice(from))];
}

function marked(
  whole: string,
  groups: Readonly<Record<string, string | undefined>>,
  reader: Reader,
): Piece {
  const { code, bold, strong, italic, strike, label, address, slack } = groups;
  if (code) return html`<code>${decoded(code)}</code>`;
  if (bold ?? strong) return html`<strong>${markdownLine(bold ?? strong ?? '', reader)}</strong>`;
  if (italic) return html`<em>${markdownLine(italic, reader)}</em>`;
  if (strike) return html`<s>${markdownLine(strike, reader)}</s>`;
  if (address) return link(address, label || address);
  if (slack) return mrkdwn(slack, reader);
  return emoji(groups.emoji ?? '') ?? whole;
}
