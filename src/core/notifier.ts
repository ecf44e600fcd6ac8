/** How somebody can be called when Slack cannot be reached. */
export type Addressee =
  | { kind: 'mail'; addresses: readonly string[] }
  /** The name under which the configuration keeps the address, which is a secret. */
  | { kind: 'webhook'; name: string };

/** What somebody is told by mail or webhook: plain words, without anything that is secret. */
export interface Page {
  /** The id of the incident that it is about. */
  incident: string;
  /** One line. */
  subject: string;
  text: string;
  /** The same for every try of the same page, so that whoever gets it twice can tell. */
  key: string;
}

/** Calls people where Slack is not needed. */
export interface Notifier {
  /** Whether there is a way to that address at all. */
  reaches(to: Addressee): boolean;
  /** @throws when it was not taken, or nobody knows. */
  notify(to: Addressee, page: Page): Promise<void>;
  close(): Promise<void>;
}
