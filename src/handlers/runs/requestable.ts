import type { Action } from '../../core/action.ts';

/** What of an action its command needs: never what executes it. */
export type Requestable = Pick<
  Action,
  | 'name'
  | 'summary'
  | 'examples'
  | 'aliases'
  | 'runbook'
  | 'params'
  | 'operands'
  | 'everywhere'
  | 'dependency'
  | 'baseRisk'
>;
