/** The steps by which a channel comes to be, in this order. */
export const setupSteps = [
  'channel',
  'invite',
  'topic',
  'bookmark',
  'card',
  'pin',
  'announce',
] as const;

/** One of {@link setupSteps}. */
export type SetupStep = (typeof setupSteps)[number];

/** How far one step is. `failed` is for good, and the card says so; the steps after it go on. */
export type SetupState =
  /**
   * `at` is when it is tried again, in milliseconds since 1970; without it, as soon as it can be. What
   * stays as it is `rests`: it is tried once a minute, or `long` with pauses that grow where people have to do
   * something first, and nothing is written down until that changes.
   */
  | { kind: 'open'; tries: number; why: string | null; at?: number; rests?: 'briefly' | 'long' }
  | { kind: 'done'; at: number }
  | { kind: 'failed'; why: string };

/** The channel of an incident; one channel has one incident. */
export interface IncidentChannel {
  id: string;
  name: string;
  private: boolean;
  /** Why nothing can be written there any more, such as `archived`; null while it can. */
  lost: string | null;
  /** Whom it was tried to invite, by Slack user id, and why somebody could not be. */
  invited?: Readonly<Record<string, string | null>>;
  /** The timestamp of the message that is pinned as its card. */
  pinned?: string;
}
