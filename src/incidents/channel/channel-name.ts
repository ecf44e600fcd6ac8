import type { Incident } from '../../core/incident.ts';

/** Slack's limit, less room for a suffix when the name is taken. */
const longest = 76;

/**
 * The name of an incident's channel: `inc-0042-rms-auth-login-down`. It begins with the number, so that there
 * is one whatever the title is made of; what is about security says nothing of it.
 */
export function channelName({
  number,
  target,
  title,
  security,
}: Pick<Incident, 'number' | 'target' | 'title' | 'security'>): string {
  const figures = String(number).padStart(4, '0');
  if (security) return `sec-${figures}`;
  const words = [target?.service ?? '', title].map(plainWords).filter((part) => part !== '');
  const named = words[1]?.startsWith(`${words[0]}-`) ? words.slice(1) : words;
  const name = [`inc-${figures}`, ...named].join('-');
  return name.slice(0, longest).replace(/-+$/, '');
}

/** Letters without their marks, figures and hyphens; anything else is a gap. */
const plainWords = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
