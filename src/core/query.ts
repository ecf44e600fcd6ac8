import type { z } from 'zod';
import type { Catalogue } from './catalogue.ts';
import type { Claims } from './claims.ts';
import type { Clock } from './clock.ts';
import type { Report } from './report.ts';
import type { Risk } from './risk.ts';
import type { Target } from './target.ts';
import type { Targets } from './targets.ts';

/** What a query may look at. */
export interface QueryTools {
  catalogue: Catalogue;
  targets: Targets;
  clock: Clock;
  /** What people keep for themselves; left out where nothing can be changed. */
  claims?: Pick<Claims, 'all'>;
}

/** How many targets a command takes: none, one or all of them, or exactly one. */
export type Aim = 'none' | 'optional' | 'one';

/**
 * A command that only reads. One query is one file of `actions/`.
 * `params` holds the flags and, under `words`, what is left of the text after verb and target.
 */
export interface Query<Params = unknown> {
  /** What is typed, one or two words. */
  name: string;
  /** One sentence for help and for the documentation. */
  summary: string;
  /** What people type, after `/auth`, that the help shows. */
  examples: readonly string[];
  /** Other words for it. */
  aliases: readonly string[];
  risk: Extract<Risk, 'read' | 'read-sensitive'>;
  aim: Aim;
  /** Where in the runbooks it comes from, such as `003 Health Checks`. */
  runbook: string;
  params: z.ZodType<Params>;
  /** The parameters that are typed as words, in this order, before or after the target. */
  operands?: readonly string[];
  /** `target` is null only when the aim allows it and none was named. */
  run(params: Params, target: Target | null, tools: QueryTools): Promise<Report>;
}

/** Returns its argument: it exists so that TypeScript infers the parameters. */
export const defineQuery = <Params>(query: Query<Params>): Query<Params> => query;
