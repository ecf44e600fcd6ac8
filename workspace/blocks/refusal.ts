/** One thing that Slack would object to: its wording, and where (`/blocks/1/elements`). */
export interface Problem {
  message: string;
  pointer: string;
}

/** The error names with which Slack turns a message or a view down because of what is in it. */
export type RefusalName =
  | 'invalid_blocks'
  | 'invalid_blocks_format'
  | 'invalid_attachments'
  | 'invalid_arguments'
  | 'msg_too_long'
  | 'msg_blocks_too_long'
  | 'no_text'
  | 'view_too_large';

/** Why Slack turns content down. `problems` is empty where Slack names no place. */
export interface Refusal {
  error: RefusalName;
  problems: Problem[];
}

/**
 * The answer that Slack gives, to be sent as it is:
 *
 * ```json
 * {"ok": false, "error": "invalid_blocks",
 *  "errors": ["no more than 25 items allowed [json-pointer:/blocks/1/elements]"],
 *  "response_metadata": {"messages": [
 *    "[ERROR] no more than 25 items allowed [json-pointer:/blocks/1/elements]"]}}
 * ```
 *
 * A view's `invalid_arguments` has no `errors`; a name without problems has neither.
 */
export function invalidBlocksAnswer({ error, problems }: Refusal): RefusalAnswer {
  if (problems.length === 0) return { ok: false, error };
  const lines = problems.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  const response_metadata = { messages: lines.map((line) => `[ERROR] ${line}`) };
  if (error === 'invalid_arguments') return { ok: false, error, response_metadata };
  return { ok: false, error, errors: lines, response_metadata };
}

/** What goes over the wire when content is turned down. */
export interface RefusalAnswer {
  ok: false;
  error: RefusalName;
  errors?: string[];
  response_metadata?: { messages: string[] };
}
