import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Naming } from '../views/incidents/naming.ts';

/** What a link lets somebody see, who that is, and until when, in milliseconds since 1970. */
export interface PageLink {
  incident: string;
  naming: Naming;
  /** Whom it was given to, by Slack user id. */
  person: string;
  until: number;
}

/** Makes and checks the links to the pages of incidents. */
export interface PageLinks {
  /** Path and query of the page, for one person and for a day. */
  write(incident: string, naming: Naming, person: string): string;
  /** What a path and its query are a link to; null when it is none, is too old, or was changed. */
  read(path: string, query: URLSearchParams): PageLink | null;
}

/** For how long a link holds, in milliseconds. */
export const linkLasts = 86_400_000;

/**
 * Links that nobody can guess: the incident, how people are called on the page, who it was given to and until
 * when it holds are signed with a key that is made of `secret` and is of use for nothing else.
 */
export function createPageLinks(secret: string, now: () => number): PageLinks {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'gatehouse incident page', 32));
  const sign = ({ incident, naming, person, until }: PageLink) =>
    createHmac('sha256', key)
      .update(`${incident} ${naming} ${until} ${person}`)
      .digest('hex')
      .slice(0, 40);
  return {
    write(incident, naming, person) {
      const until = Math.ceil((now() + linkLasts) / 1_000) * 1_000;
      const sig = sign({ incident, naming, person, until });
      const query = `until=${until / 1_000}&people=${naming}&for=${person}&sig=${sig}`;
      return `${pathOf(incident)}?${query}`;
    },
    read(path, query) {
      const [, incident] = /^\/incidents\/(INC-[1-9]\d{0,8})$/.exec(path) ?? [];
      const naming = query.get('people');
      const [seconds, person] = [query.get('until') ?? '', query.get('for') ?? ''];
      if (incident === undefined || !/^\d{1,12}$/.test(seconds)) return null;
      if (!/^[UW][A-Z0-9]{1,30}$/.test(person)) return null;
      if (naming !== 'names' && naming !== 'roles') return null;
      const link = { incident, naming, person, until: Number(seconds) * 1_000 } as const;
      return isSame(sign(link), query.get('sig') ?? '') && link.until > now() ? link : null;
    },
  };
}

/** Where the page of an incident is, without anything that lets anybody read it. */
export const pathOf = (incident: string): string => `/incidents/${incident}`;

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
