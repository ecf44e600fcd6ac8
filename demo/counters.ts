/** What has been counted since the process started. */
export interface Counters {
  count(name: string, labels?: Readonly<Record<string, string>>): void;
  total(name: string): number;
  /** One line of Prometheus text for each series. */
  lines(): string[];
}

/** The counters and what they count, as `/metrics` explains them. */
const meanings: Readonly<Record<string, string>> = {
  http_requests_total: 'Answers by status.',
  auth_logins_total: 'Login attempts by result.',
  auth_lockouts_total: 'Accounts locked after too many failed attempts.',
  rate_limited_total: 'Requests refused because their address asked too often.',
  denied_total: 'Requests refused because their address is on the deny list.',
  cache_hits_total: 'Access tokens that had been checked before.',
  cache_misses_total: 'Access tokens that had to be checked.',
};

/** Counters that start at nothing. */
export function createCounters(): Counters {
  const series = new Map<string, Map<string, number>>(
    Object.keys(meanings).map((name) => [name, new Map()]),
  );
  const of = (name: string) => series.get(name) ?? new Map<string, number>();
  return {
    count: (name, labels = {}) => {
      const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
      const label = pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
      of(name).set(label, (of(name).get(label) ?? 0) + 1);
    },
    total: (name) => [...of(name).values()].reduce((sum, value) => sum + value, 0),
    lines: () =>
      [...series].flatMap(([name, counted]) => [
        `# HELP ${name} ${meanings[name]}`,
        `# TYPE ${name} counter`,
        ...[...counted].map(([label, value]) => `${name}${label} ${value}`),
      ]),
  };
}
