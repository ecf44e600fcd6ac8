import type { Danger } from './danger.ts';

/** Signals, environment variables and one-liners that do not reach the running program. */
export const processes: readonly Danger[] = [
  {
    id: 'D1',
    name: 'kill -USR2',
    words: ['kill usr2', 'sigusr2', 'usr2', 'heap dump', 'heapdump', 'kill 12'],
    gist: 'ends the process: Node writes a heap dump only when it was started to',
    happens:
      'Node does not handle this signal by itself, so the process is terminated and every sign-in in flight fails. A heap dump comes only from a server that was started with --heapsnapshot-signal=SIGUSR2.',
    instead:
      'Take a heap dump through the hook or the admin address that the service declares for it. Without one, do not take it from production: restart, and add the hook with the next release. The dump is full of passwords and tokens, so keep it where those are kept.',
    runbook: '001 High Memory Usage',
  },
  {
    id: 'D2',
    name: 'kill -USR1',
    words: ['kill usr1', 'sigusr1', 'usr1', 'restart connection pool', 'restart pool', 'kill 10'],
    gist: 'opens the debugger of the process; no connection pool is restarted',
    happens:
      'Node answers this signal by listening for a debugger on port 9229. Nothing happens to the connection pool, and whoever reaches that port can run code inside the server.',
    instead:
      'Use the pool reset that the service declares, or restart its copies one after the other. If the signal was sent already, restart the process to close the debugger.',
    runbook: '001 Connection Pool Exhaustion',
  },
  {
    id: 'D11',
    name: 'export … ; systemctl restart',
    words: [
      'export',
      'export systemctl restart',
      'rate_limit_per_ip_per_minute',
      'mfa_totp_window',
      'rust_log',
      'rust_log debug systemctl restart',
      'environment variable',
    ],
    gist: 'the restarted unit never sees the variable; only the downtime is real',
    happens:
      'systemd starts a unit with the environment its own files describe, not with that of your shell. The service comes back with the settings it had, after an interruption that gained nothing.',
    instead:
      'Change the setting through the admin API, or with a drop-in below /run/systemd/system that is removed again after a fixed time, and read back that it took effect.',
    runbook: '003 High Volume of Failed Logins, TOTP Codes Not Working',
  },
  {
    id: 'D29',
    name: 'docker exec … node -e',
    words: [
      'docker exec node',
      'node -e',
      'memoryusage',
      'process memoryUsage',
      'hrtime',
      'process hrtime',
      'node expose-gc',
      'global gc',
    ],
    gist: 'measures the new process it starts, not the server',
    happens:
      'The command starts a second Node inside the container and prints the memory or the clock of that one. It says nothing about the server beside it, and looks reassuring whatever the trouble is.',
    instead:
      'Read heap size and event-loop lag from the metrics endpoint of the server itself, and compare them over time.',
    runbook: '001 Performance Issues',
  },
  {
    id: 'D28',
    name: 'tail -f, journalctl -f, top, --latency-history',
    words: [
      'tail -f',
      'journalctl -f',
      'journalctl',
      'latency history',
      'redis-cli --latency-history',
      'redis-cli --latency',
      'top -p',
      'follow',
    ],
    gist: 'never ends, so a script or a chat that waits for it hangs',
    happens:
      'These commands run until somebody stops them. In a script the steps after them are never reached, and what was started in the background keeps running.',
    instead:
      'Ask for a bounded piece: /auth logs SERVICE@ENV --since 15m --lines 200 for a log, /auth health SERVICE@ENV --count 10 for latency.',
    runbook: '000 Performance Monitoring, 002 High Response Times, 003 Monitoring Commands',
  },
  {
    id: 'X1',
    name: 'systemctl restart redis',
    words: ['restart redis', 'systemctl restart redis nginx', 'service redis restart'],
    gist: 'loses every session that was not saved, and the services restarted before it',
    happens:
      'Sessions and lockouts live in Redis. What it has not written to disk is gone after a restart, so everybody signs in again at the same moment. Services that were restarted before it lose their connections once more.',
    instead:
      'Look at what redis info says of the last save first, save with BGSAVE, restart Redis, and only then the services that depend on it.',
    runbook: '000 Complete Authentication Failure, 003 Redis Connectivity',
  },
];
