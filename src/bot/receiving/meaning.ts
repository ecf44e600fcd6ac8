import type { Delivery } from '../../core/intake.ts';
import type { Asked, Place } from '../../handlers/desk.ts';
import type { Noticed } from '../../handlers/marks/noticed.ts';

/** What an answer can be sent through. */
export interface Route {
  responseUrl: string | null;
  /** Opens one form, within three seconds. */
  triggerId: string | null;
  /** The thread a mention is answered in. */
  thread: string | null;
  /** The form that the button stands in, as it was when it was pressed. */
  form: { id: string; hash: string } | null;
}

/** What a delivery means: something asked, something that changed about people, or nothing. */
export type Meaning =
  | { kind: 'asked'; delivery: Delivery; asked: Asked; route: Route }
  | { kind: 'changed'; what: 'person' | 'group' | 'channel'; id: string }
  /** Something that was done to a message; it has a delivery when it must not get lost. */
  | { kind: 'noticed'; delivery: (Delivery & { request: string }) | null; noticed: Noticed }
  | { kind: 'nothing'; what: string };

/** A place of Slack's, as the desk knows it. */
export const at = (channel: string, thread?: string | null): Place => ({
  channel,
  thread: thread ?? null,
});

/** Something asked, with what tells its copies apart. */
export function meaning(
  kind: Delivery['kind'],
  key: string,
  asked: Asked,
  route: Partial<Route> = {},
): Meaning {
  const actor = `${asked.asker.team}:${asked.asker.id}`;
  return {
    kind: 'asked',
    delivery: { key: `${kind}:${key}`, kind, actor },
    asked,
    route: { responseUrl: null, triggerId: null, thread: null, form: null, ...route },
  };
}
