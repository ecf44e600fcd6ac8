/** What somebody is called, by Slack user id. */
export type NameOf = (id: string) => string;

/**
 * Text in Slack's markup as plain text for a file or a page: people by name, times in UTC, links by their
 * text, without marks and signs. What comes out is no markup of any kind yet: whoever shows it escapes it.
 */
export const plainWords = (text: string, nameOf: NameOf): string =>
  named(
    unescaped(
      text
        .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
        .replace(people, (_all, id: string) => nameOf(id))
        .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_all, id: string, name?: string) =>
          name ? `#${name}` : id,
        )
        .replace(/<[^|>\s]+\|([^>]*)>/g, '$1')
        .replace(/(^|\n):[a-z0-9_+-]+:[ ]?/g, '$1')
        .replace(/\*([^*\n]+)\*/g, '$1')
        .replace(/`([^`\n]+)`/g, '$1'),
    ),
    nameOf,
  );

const people = /<@([UW][A-Z0-9]{1,20})(?:\|[^>]*)?>/g;

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Whom people have named in what they typed, and whom Gatehouse names in its own sentences. */
const named = (text: string, nameOf: NameOf): string =>
  text
    .replace(people, (_all, id: string) => nameOf(id))
    .replace(/\buser:([UW][A-Z0-9]{1,20})\b/g, (_all, id: string) => nameOf(id));
