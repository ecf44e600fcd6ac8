import type { Danger } from './danger.ts';

/** SQL that fails, lies or hits more rows and sessions than it should. */
export const databases: readonly Danger[] = [
  {
    id: 'D5',
    name: 'psql -c "DELETE …; VACUUM …"',
    words: [
      'psql -c',
      'vacuum',
      'vacuum analyze',
      'delete vacuum',
      'delete from auth_sessions',
      'vacuum analyze auth_sessions',
    ],
    gist: 'fails as a whole: nothing is deleted and nothing is vacuumed',
    happens:
      'psql sends all statements of one -c as a single transaction. VACUUM cannot run inside one, so the whole is rolled back with an error, and every row that should be gone is still there, week after week.',
    instead:
      'Send each statement by itself: delete in batches of a few thousand rows, then vacuum the table outside of any transaction.',
    runbook: '000 Weekly Maintenance',
  },
  {
    id: 'D6',
    name: 'UPDATE pg_class',
    words: [
      'pg_class',
      'update pg_class set relpages',
      'relpages',
      'reltuples',
      'reindex',
      'reindex table',
      'reindex table auth_sessions',
      'update planner statistics',
    ],
    gist: 'is refused, and undoes the rest; as superuser it misleads the query planner',
    happens:
      'An ordinary user may not write to this catalogue table: the statement fails and takes ANALYZE and REINDEX of the same command with it. A superuser succeeds, and the planner then believes that the tables are empty and chooses slow plans.',
    instead:
      'ANALYZE alone renews the statistics. Rebuild indexes one at a time with REINDEX … CONCURRENTLY, which does not lock sign-ins out.',
    runbook: '000 Performance Optimization',
  },
  {
    id: 'D7',
    name: 'pg_stat_statements.mean_time',
    words: ['mean_time', 'mean time', 'pg_stat_statements', 'order by mean_time', 'slow queries'],
    gist: 'the column no longer exists, so slow queries are not found',
    happens:
      'PostgreSQL 13 replaced the column by mean_exec_time and mean_plan_time. The query ends with an error on every supported version, in the middle of an incident.',
    instead: 'Order by mean_exec_time, or choose the column by the version of the server.',
    runbook: '000 Performance Analysis, 001 Slow Response Times',
  },
  {
    id: 'D8',
    name: "UPDATE … WHERE user_email = '$USER_EMAIL'",
    words: [
      'user_email',
      'update user_sessions',
      'update user_sessions set active false',
      'sql injection',
      'offboarding sql',
    ],
    gist: 'pastes text into SQL: one quote in it can change every account',
    happens:
      'The shell puts the address into the statement as it is. An address with a quote and OR in it matches every row, and all accounts are signed out, or worse.',
    instead:
      'Bind the address as a parameter, and roll back unless exactly one account was changed.',
    runbook: '000 User Offboarding',
  },
  {
    id: 'D25',
    name: 'DELETE FROM auth_audit_log',
    words: ['auth_audit_log', 'delete audit log', 'purge audit log', 'audit log cleanup'],
    gist: 'destroys records that an audit or a court may ask for',
    happens:
      'Ninety days are less than many rules on payment data and legal holds ask for. What is deleted every week by a script nobody looks at cannot be shown afterwards.',
    instead:
      'Export the rows and their checksum first, keep them as long as the longest duty asks for, and delete nothing while there is a hold.',
    runbook: '000 Weekly Maintenance',
  },
  {
    id: 'D27',
    name: 'pg_terminate_backend for everything slow',
    words: [
      'pg_terminate_backend',
      'terminate backend',
      'kill long-running queries',
      'kill queries',
      'kill long running queries',
    ],
    gist: 'also ends vacuum, backups and replication that run for long',
    happens:
      'Autovacuum, pg_dump and the senders of replication are active for longer than ten minutes by nature. Ending them costs a backup or a replica, and the program behind a slow query sends it again.',
    instead:
      'Choose sessions by process id and start time, client sessions of known programs only, and cancel the query before ending the session.',
    runbook: '001 Connection Pool Exhaustion',
  },
  {
    id: 'X2',
    name: 'db:migrate:down',
    words: ['npm run db:migrate:down', 'migrate down', 'alembic downgrade', 'database rollback'],
    gist: 'drops the columns and tables that hold what was written since',
    happens:
      'A step down removes what the migration had added, with all data in it. Accounts and sessions from after the release are lost, and the way up does not bring them back.',
    instead:
      'Keep the schema compatible with the release before, roll back the program alone, and repair forward. If it must be: one step, after a fresh backup.',
    runbook: '001 Rollback Procedures',
  },
];
