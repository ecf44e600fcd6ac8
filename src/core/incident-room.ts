/**
 * Why Slack did not do something: `again` in so many milliseconds, or never. What is `lasting` stays so until
 * somebody gives the app a right or its token back.
 */
export type RoomTrouble =
  | { kind: 'again'; in: number; why: string; lasting?: true }
  | { kind: 'never'; why: string };

/** What came of asking Slack for something. */
export type RoomAnswer<Value> = { kind: 'done'; value: Value } | RoomTrouble;

/** What an incident needs of Slack besides messages: its channel and what belongs to it. */
export interface IncidentRoom {
  /**
   * Makes a channel of this name, or one with a suffix when the name is taken. A channel that an earlier
   * try has made for the same incident is found again.
   */
  create(wanted: {
    incident: string;
    name: string;
    private: boolean;
    /** When the incident was declared, in milliseconds since 1970: no older channel is its own. */
    since: number;
  }): Promise<RoomAnswer<{ id: string; name: string }>>;
  /** Invites people by Slack user id; answers who could not be invited, and why. */
  invite(
    channel: string,
    people: readonly string[],
  ): Promise<RoomAnswer<readonly { id: string; why: string }[]>>;
  setTopic(channel: string, topic: string): Promise<RoomAnswer<null>>;
  bookmark(channel: string, mark: { title: string; link: string }): Promise<RoomAnswer<null>>;
  pin(channel: string, ts: string): Promise<RoomAnswer<null>>;
  /** Keeps a picture without showing it anywhere; answers its file id. */
  upload(picture: { png: Uint8Array; alt: string; name: string }): Promise<RoomAnswer<string>>;
  /** Whether messages can be written there; a sentence why not otherwise. */
  lost(channel: string): Promise<RoomAnswer<string | null>>;
}
