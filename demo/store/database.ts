import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const tables = `
  CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER, value TEXT);
  CREATE TABLE IF NOT EXISTS requests (address TEXT PRIMARY KEY, minute INTEGER, count INTEGER);
  CREATE TABLE IF NOT EXISTS failures (at INTEGER, address TEXT);
`;

/**
 * The file in which all copies of a system keep what they have to know of each other. Nothing waits for
 * the disk: it has to outlive a killed process, not a power cut.
 */
export function openDatabase(path: string): DatabaseSync {
  // SQLite gives its other files the rights of this one.
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path);
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
  database.exec(tables);
  return database;
}

/** Does several things as one: no other copy writes in between, and none of it stays when it throws. */
export function atOnce<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
