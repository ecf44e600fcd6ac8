import type { DatabaseOptions } from '../open-store.ts';
import type { Engine } from './engine.ts';

/** Opens the database and brings its tables up to date. Database code is loaded here and not before. */
export async function openEngine(options: DatabaseOptions): Promise<Engine> {
  const { databaseUrl, migrationUrl, dataDir, log } = options;
  if (databaseUrl) {
    return (await import('./open-postgres.ts')).openPostgres(databaseUrl, log, migrationUrl);
  }
  return (await import('./open-embedded.ts')).openEmbedded(dataDir);
}
