/**
 * What the workspace's server and its page tell each other, and what tests ask of it. Every control
 * call is `POST /control/<name>` with a JSON body and a JSON answer, `{ok: true, …}` or
 * `{ok: false, error}`; `Feed` entries come as server-sent events from `GET /control/feed?as=USER`.
 */

export type * from './protocol/control.ts';
export type * from './protocol/feed.ts';
export type * from './protocol/things.ts';
