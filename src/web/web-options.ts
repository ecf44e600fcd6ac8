import type { RequestListener } from 'node:http';
import type { Readiness } from '../core/readiness.ts';
import type { IncidentPages } from './incident-pages.ts';
import type { Metrics } from './metrics.ts';

/** Asks a part how it is; soon answered, and never failing. */
export type Check = () => Readiness | Promise<Readiness>;

/** What the server shows. */
export interface WebOptions {
  /** The address it listens on; 127.0.0.1 unless somebody else has to reach it. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  /** Each part by its name; `/readyz` is well when all of them are. */
  checks: Readonly<Record<string, Check>>;
  metrics: Pick<Metrics, 'expose'>;
  /** Shows incidents to whoever has a link. */
  incidents?: IncidentPages;
  /** Takes Slack's requests, in HTTP mode. */
  slack?: RequestListener;
}
