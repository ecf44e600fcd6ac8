import type { Args } from '../http/read-arguments.ts';
import type { Workspace } from '../workspace.ts';

/** One call of the Web API. */
export interface Call {
  method: string;
  args: Args;
  workspace: Workspace;
}

/** What is answered beside `ok`. */
export type Answer = Record<string, unknown>;

/** One method: answers, or throws {@link ApiError}. */
export type Method = (call: Call) => Answer | Promise<Answer>;

/** Methods by their names. */
export type Methods = Readonly<Record<string, Method>>;

/** `ok: false`, with Slack's name of the error and whatever else Slack says. */
export class ApiError extends Error {
  readonly error: string;
  readonly extra: Answer;

  constructor(error: string, extra: Answer = {}) {
    super(error);
    this.error = error;
    this.extra = extra;
  }
}
