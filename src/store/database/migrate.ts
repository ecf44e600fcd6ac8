import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../migrations/index.ts';
import { StoreError } from './errors.ts';
import type { Tables } from './tables.ts';

const migrator = (db: Kysely<Tables>): Migrator =>
  new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'gatehouse_migration',
    migrationLockTableName: 'gatehouse_migration_lock',
  });

/** Whether this program knows migrations that the database has not had. */
export async function needsMigration(db: Kysely<Tables>): Promise<boolean> {
  const known = await migrator(db).getMigrations();
  return known.some(({ executedAt }) => executedAt === undefined);
}

/**
 * Brings the tables up to this program's version. Several processes may do it at once: one does the
 * work, the others wait for it.
 *
 * @throws {StoreError} when a newer Gatehouse has worked on the database.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await migrator(db).migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.startsWith('corrupted migrations')) {
    throw new StoreError(
      'The database was made by a newer Gatehouse than this one. Nothing was changed. ' +
        'Start the newer version again, or restore the backup taken before the update.',
      { final: true, cause: error },
    );
  }
  throw error;
}
