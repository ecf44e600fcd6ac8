/** Something that Slack tells the app. */
export interface Delivery {
  /** The kind of envelope it comes in. */
  kind: 'slash_commands' | 'interactive' | 'events_api';
  /** For the inspector: `slash_commands /auth`, `events_api app_mention`, … */
  what: string;
  payload: Record<string, unknown>;
}

/** Which repetition this is, from 1, and why there is one. Only events are repeated. */
export interface Retry {
  attempt: number;
  reason: 'timeout' | 'connection_failed' | 'http_error';
}

/** How a delivery can fail, in the words that Slack's clients show. */
export type DeliveryError =
  | 'operation_timeout'
  | 'dispatch_failed'
  | 'http_client_error'
  | 'http_service_error';

/** What the app answered. `ms` is how long it took. */
export type Acknowledgement =
  | { ok: true; body: unknown; ms: number }
  | { ok: false; error: DeliveryError; ms: number };

/** One way to reach the app. Never rejects; answers within `deadline` milliseconds. */
export type Wire = (
  delivery: Delivery,
  retry: Retry | null,
  deadline: number,
) => Promise<Acknowledgement>;
