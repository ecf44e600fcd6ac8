import { html } from 'htm/preact';
import type { VNode } from 'preact';
import characters from './emoji.json' with { type: 'json' };

const known: ReadonlyMap<string, string> = new Map(Object.entries(characters));

/** The reactions that are one press away. */
export const quickReactions = ['eyes', 'white_check_mark'] as const;

/** An emoji by Slack's name, or null when the name is not one. */
export function emoji(name: string): VNode | null {
  const character = known.get(name);
  if (character === undefined) return null;
  return html`<span class="emoji" role="img" aria-label=":${name}:">${character}</span>`;
}

/** Plain text in which only `:names:` of emoji mean something. */
export function withEmoji(text: string): (string | VNode)[] {
  return text.split(/(:[\w+-]+:)/).map((part, index) => {
    return index % 2 === 1 ? (emoji(part.slice(1, -1)) ?? part) : part;
  });
}
