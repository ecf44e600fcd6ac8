import type { Counters } from './counters.ts';
import type { Figures } from './figures.ts';

/** What `/metrics` shows besides counters. */
export interface Gauges {
  version: string;
  sessions: number;
  lockouts: number;
  denied: number;
  /** Seconds since 1970. */
  startedAt: number;
}

/** The page in the text format of Prometheus. */
export function metricsPage(counters: Counters, figures: Figures, gauges: Gauges): string {
  const { response, errorRate, throughput } = figures.lastMinute();
  const hits = counters.total('cache_hits_total');
  const asked = hits + counters.total('cache_misses_total');
  return [
    ...counters.lines(),
    '# HELP response_time Seconds until an answer, of the last minute.',
    '# TYPE response_time summary',
    ...[0.5, 0.95, 0.99].map((at) => `response_time{quantile="${at}"} ${response(at).toFixed(6)}`),
    ...gauge(
      'error_rate',
      'Share of answers with status 500 and above, of the last minute.',
      errorRate,
    ),
    ...gauge('throughput', 'Answers in a second, of the last minute.', throughput),
    ...gauge(
      'cache_hit_ratio',
      'Share of access tokens found in the cache.',
      asked ? hits / asked : 1,
    ),
    ...gauge('http_requests_under_way', 'Requests that are being answered.', figures.underWay()),
    ...gauge('auth_sessions', 'People who are logged in.', gauges.sessions),
    ...gauge('auth_lockouts', 'Accounts that are locked now.', gauges.lockouts),
    ...gauge('denied_addresses', 'Entries of the deny list.', gauges.denied),
    ...gauge('process_start_time_seconds', 'When the process started.', gauges.startedAt),
    ...gauge('process_resident_memory_bytes', 'Memory in use.', process.memoryUsage.rss()),
    '# HELP build_info The release that runs.',
    '# TYPE build_info gauge',
    `build_info{version="${gauges.version}"} 1`,
    '',
  ].join('\n');
}

const gauge = (name: string, meaning: string, value: number): string[] => [
  `# HELP ${name} ${meaning}`,
  `# TYPE ${name} gauge`,
  `${name} ${value}`,
];
