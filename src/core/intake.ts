/** A delivery from Slack, to be written down before anything is done about it. */
export interface Delivery {
  /** The same for every copy of the same delivery, for all time. */
  key: string;
  kind: 'command' | 'click' | 'submission' | 'shortcut' | 'event';
  /** Who sent it: team and user, as Slack signed them. */
  actor: string;
}

/** The durable list of deliveries: what makes a second copy of one do nothing. */
export interface Intake {
  /** Resolves once the row is committed: `new` the first time, `seen` ever after. */
  record(delivery: Delivery): Promise<'new' | 'seen'>;
}
