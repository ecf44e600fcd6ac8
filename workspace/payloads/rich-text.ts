const markup = /<(@|#|!subteam\^|!|)([^|>]*)(?:\|([^>]*))?>/g;

type Element = Record<string, unknown>;

/** What a person typed, as the rich text block that Slack's composer makes of it. */
export function richText(text: string, blockId: string): Record<string, unknown> {
  const elements: Element[] = [];
  let end = 0;
  const plain = (rest: string) => {
    if (rest !== '') elements.push({ type: 'text', text: unescapeText(rest) });
  };
  for (const [whole, kind = '', what = '', label] of text.matchAll(markup)) {
    const at = text.indexOf(whole, end);
    plain(text.slice(end, at));
    elements.push(elementOf(kind, what, label));
    end = at + whole.length;
  }
  plain(text.slice(end));
  return {
    type: 'rich_text',
    block_id: blockId.toLowerCase(),
    elements: [{ type: 'rich_text_section', elements }],
  };
}

function elementOf(kind: string, what: string, label: string | undefined): Element {
  switch (kind) {
    case '@':
      return { type: 'user', user_id: what };
    case '#':
      return { type: 'channel', channel_id: what };
    case '!subteam^':
      return { type: 'usergroup', usergroup_id: what };
    case '!':
      return { type: 'broadcast', range: what };
    default:
      return { type: 'link', url: unescapeText(what), ...(label && { text: unescapeText(label) }) };
  }
}

const unescapeText = (text: string): string =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
