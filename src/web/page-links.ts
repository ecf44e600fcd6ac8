import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Naming } from '../views/naming.ts';

/** What a link lets somebody see, and until when, in milliseconds since 1970. */
export interface PageLink {
  incident: string;
  naming: Naming;
  until: number;
  /** Whether it was given to people who may read it although it is about security. */
  secret: boolean;
}

/** Makes and checks the links to the pages of incidents. */
export interface PageLinks {
  /**
   * Path and query of the page; the same for everybody for about a month. One that was written before an incident
   * was about security was read by everybody, so that it is another one.
   */
  write(incident: string, naming: Naming, secret?: boolean): string;
  /** What a path and its query are a link to; null when it is none, is too old, or was changed. */
  read(path: string, query: URLSearchParams): PageLink | null;
}

/** A link holds for one to two of these, in milliseconds, so that a bookmark stays the same for a while. */
const period = 30 * 86_400_000;

/**
 * Links that nobody can guess: the incident, how people are called on the page, and until when it holds are
 * signed with a key that is made of `secret` and is of use for nothing else.
 */
export function createPageLinks(secret: string, now: () => number): PageLinks {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'gatehouse incident page', 32));
  const sign = ({ incident, naming, until, secret: shut }: PageLink) =>
    createHmac('sha256', key)
      .update(`${incident} ${naming} ${until}${shut ? ' secret' : ''}`)
      .digest('hex')
      .slice(0, 40);
  return {
    write(incident, naming, shut = false) {
      const until = (Math.floor(now() / period) + 2) * period;
      const query = `until=${until / 1_000}&people=${naming}&sig=${sign({ incident, naming, until, secret: shut })}`;
      return `/incidents/${incident}?${query}`;
    },
    read(path, query) {
      const [, incident] = /^\/incidents\/(INC-[1-9]\d{0,8})(?:\/chart\.png)?$/.exec(path) ?? [];
      const naming = query.get('people');
      const seconds = query.get('until') ?? '';
      if (incident === undefined || !/^\d{1,12}$/.test(seconds)) return null;
      if (naming !== 'names' && naming !== 'roles') return null;
      const open = { incident, naming, until: Number(seconds) * 1_000, secret: false } as const;
      const link = [open, { ...open, secret: true }].find((one) =>
        isSame(sign(one), query.get('sig') ?? ''),
      );
      return link !== undefined && link.until > now() ? link : null;
    },
  };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
