import type { Danger } from './danger.ts';

/** Commands that take more out of Redis than they are meant to. */
export const redis: readonly Danger[] = [
  {
    id: 'D3',
    name: 'redis-cli --scan | xargs del',
    words: [
      'xargs del',
      'redis-cli del',
      'xargs redis-cli del',
      'scan pattern',
      'redis-cli --scan --pattern',
      'clear expired keys',
      'expired keys',
    ],
    gist: 'deletes every key, those with time left included; expired ones are gone anyway',
    happens:
      'The pattern matches all keys, so live sessions, lockouts and rate limits are deleted with the rest. Redis removes expired keys by itself: there was nothing to clear.',
    instead:
      'For memory, use MEMORY PURGE or active defragmentation. To drop data on purpose, remove one catalogued prefix with SCAN and UNLINK, after counting it.',
    runbook: '001 Redis Issues: Memory Issues',
  },
  {
    id: 'D4',
    name: 'FLUSHALL and FLUSHDB',
    words: [
      'flushall',
      'flushdb',
      'flush',
      'redis-cli flushall',
      'redis-cli flushdb',
      'clear redis cache',
      'revoke all sessions',
      'invalidate all sessions',
      'clear sessions',
    ],
    gist: 'also wipes lockouts, rate limits, OAuth state and evidence, of other programs too',
    happens:
      'FLUSHALL empties every database of the server and FLUSHDB one of them, with all that lives beside the sessions: lockouts, rate limits, OAuth state, the data of other programs. An attacker who was locked out is free again, and the traces that an investigation needs are gone. It cannot be undone.',
    instead:
      'Preserve the evidence first. Then raise the time before which tokens are not accepted, or remove the session prefix alone with SCAN and UNLINK, after counting it.',
    runbook: '000 Suspected Breach, 000 Resource Optimization, 003 Security Breach Response',
  },
  {
    id: 'D13',
    name: 'redis-cli keys',
    words: ['keys *', 'keys', 'redis-cli keys', 'keys token:*', 'keys "token:*"'],
    gist: 'blocks Redis while it reads every key, and prints live tokens',
    happens:
      'KEYS walks through the whole database in one go, and no sign-in is served meanwhile. The names it prints hold live tokens, which then stand in a terminal or a channel.',
    instead: 'Count with SCAN in small steps and a limit, and show numbers, never names.',
    runbook: '002 Authentication Issues',
  },
  {
    id: 'D26',
    name: 'CONFIG SET maxmemory-policy allkeys-lru',
    words: [
      'allkeys-lru',
      'maxmemory-policy',
      'config set maxmemory-policy',
      'config set',
      'config rewrite',
      'memory policy',
      'eviction',
    ],
    gist: 'lets Redis throw away sessions and lockouts, until its next restart',
    happens:
      'With this policy Redis evicts any key when memory runs short: people are signed out, and locked accounts are unlocked. The setting is lost at the next restart, and CONFIG REWRITE fails on a server that was started without a file.',
    instead:
      'Keep a store of sessions on volatile-ttl or noeviction and give it more memory. Change settings where the server is configured, after listing the prefixes that would be hit.',
    runbook: '000 Performance Optimization, 001 Redis Issues: Memory Issues',
  },
  {
    id: 'D32',
    name: 'REDIS_REQUIRED=false',
    words: ['redis_required', 'redis required', 'redis optional', 'run without redis'],
    gist: 'switches rate limits and lockouts off; the runbook forbids it in production',
    happens:
      'The service then starts without Redis, and so without rate limits, lockout counters and OAuth state: passwords can be guessed at full speed. The runbook allows it outside of production only, but nothing holds anybody to that.',
    instead:
      'In production, bring Redis back or show the maintenance page. Elsewhere, note when it is switched on again.',
    runbook: '004 Redis Unavailable',
  },
];
