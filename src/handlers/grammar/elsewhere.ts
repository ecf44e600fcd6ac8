/** What people type who know other tools, and what it is called here. Suggested, never done by itself. */
export const elsewhere: Readonly<Record<string, string>> = {
  lock: 'claim',
  unlock: 'release',
  locks: 'claims',
  logout: 'sessions revoke',
  pause: 'stop-all',
  freeze: 'stop-all',
  outage: 'incident start',
};

/** Programs and commands of the runbooks: what they really do can be explained, and none of them is run. */
export const ofRunbooks: ReadonlySet<string> = new Set([
  ...[
    'flushall',
    'flushdb',
    'redis-cli',
    'kubectl',
    'docker',
    'docker-compose',
    'systemctl',
    'kill',
  ],
  ...[
    'iptables',
    'ufw',
    'psql',
    'aws',
    'curl',
    'tar',
    'terraform',
    'alembic',
    'cargo',
    'npm',
    'bash',
  ],
]);
