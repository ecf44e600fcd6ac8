import type { World } from '../state/world.ts';

/** Turns what a person types into Slack's markup. */
export interface Markup {
  /** For a command: with names, as the manifest's `should_escape` asks for. */
  command(text: string): string;
  /** For a message: users without their names. */
  message(text: string): string;
}

/** Endings that Slack takes for a host's; service names such as `rms-auth.service` stay text. */
const hosts = 'com|net|org|io|dev|app|co|de|eu|uk|info|cloud|ai';

const link = new RegExp(
  [
    String.raw`\bhttps?:\/\/[^\s<>|]+`,
    String.raw`\b[\w.+-]+@(?:[\w-]+\.)+(?:${hosts})\b`,
    String.raw`(?<![\w@./-])(?:[a-z\d](?:[\w-]*[a-z\d])?\.)+(?:${hosts})\b(?![\w-])(?:\/[^\s<>|]*)?`,
    String.raw`(?<![\w.])[@#][\p{L}\d][\p{L}\d._-]*`,
  ].join('|'),
  'giu',
);

/** Markup that knows the workspace's people, groups and channels, as `user` sees them. */
export function createMarkup(world: World, user: string): Markup {
  const mark = (text: string, withName: boolean) =>
    replaceBetween(text, link, (match) => linked(match, world, user, withName), escapeText);
  return {
    command: (text) => mark(text, true),
    message: (text) => mark(text, false),
  };
}

/** `&`, `<` and `>` as entities: nothing that was typed can pass for markup. */
export const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function linked(match: string, world: World, user: string, withName: boolean): string {
  if (/^[@#]/.test(match)) return mentioned(match, world, user, withName) ?? escapeText(match);
  if (/^https?:/i.test(match)) return `<${escapeText(match)}>`;
  const scheme = /^[^/]*@/.test(match) ? 'mailto:' : 'http://';
  return `<${scheme}${escapeText(match)}|${escapeText(match)}>`;
}

/** Null when nobody and nothing has that name. A full stop at the end belongs to the sentence. */
function mentioned(match: string, world: World, user: string, withName: boolean): string | null {
  const name = match
    .slice(1)
    .replace(/[.,]+$/, '')
    .toLowerCase();
  const rest = escapeText(match.slice(1 + name.length));
  if (match.startsWith('#')) {
    const channel = world.channels.find((other) => other.name === name && other.kind !== 'im');
    const seen = channel && (channel.kind === 'channel' || channel.members.includes(user));
    return seen ? `<#${channel.id}|${channel.name}>${rest}` : null;
  }
  if (['here', 'channel', 'everyone'].includes(name)) return `<!${name}>${rest}`;
  const member = world.members.find((other) => other.name === name);
  if (member) return `<@${member.id}${withName ? `|${member.name}` : ''}>${rest}`;
  const group = world.groups.find(({ handle }) => handle === name);
  return group ? `<!subteam^${group.id}${withName ? `|@${group.handle}` : ''}>${rest}` : null;
}

/** Replaces each match, and what lies between the matches. */
function replaceBetween(
  text: string,
  pattern: RegExp,
  onMatch: (match: string) => string,
  onRest: (rest: string) => string,
): string {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    result += onRest(text.slice(end, match.index)) + onMatch(match[0]);
    end = match.index + match[0].length;
  }
  return result + onRest(text.slice(end));
}
