import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Counters, createCounters } from './counters.ts';
import { createDenyList, type DenyList } from './deny-list.ts';
import { createRecentFailures, type RecentFailures } from './failures.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFigures, type Figures } from './figures.ts';
import type { Flavour } from './flavour.ts';
import { currentRelease, placesOf, type SystemSettings } from './layout.ts';
import { openLog, type SystemLog } from './log.ts';
import { createLogins, type Logins } from './logins.ts';
import { createProfileCache, type ProfileCache } from './profile-cache.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createRedisClient, type RedisClient } from './redis-client.ts';
import { redisSessions } from './redis-sessions.ts';
import { type Sessions, stateSessions } from './sessions.ts';
import { openDatabase } from './store/database.ts';
import { openState, type StateFile } from './store/state.ts';
import { createTokenCheck, type TokenCheck } from './tokens.ts';

/** Everything a running system is made of. */
export interface Parts {
  flavour: Flavour;
  /** The release it was started from; a later change of `current` does not change it. */
  version: string;
  adminToken: string;
  file: StateFile;
  log: SystemLog;
  redis: RedisClient | null;
  sessions: Sessions;
  profiles: ProfileCache;
  counters: Counters;
  figures: Figures;
  failures: RecentFailures;
  denyList: DenyList;
  rateLimit: RateLimit;
  faults: Faults;
  logins: Logins;
  checkToken: TokenCheck;
}

/** Puts a system together from its folder. */
export function assemble(flavour: Flavour, settings: SystemSettings): Parts {
  const places = placesOf(settings.data, flavour.name);
  const version = currentRelease(places.releases);
  const note = JSON.parse(readFileSync(join(places.releases, version, 'release.json'), 'utf8'));
  const database = openDatabase(places.state);
  const file = openState(database);
  const log = openLog(places.log, flavour.service, flavour.log);
  const redis = settings.redisPort === null ? null : createRedisClient(settings.redisPort);
  const sessions = redis ? redisSessions(redis) : stateSessions(file);
  const counters = createCounters();
  const failures = createRecentFailures(database);
  return {
    flavour,
    version,
    adminToken: readFileSync(places.adminToken, 'utf8').trim(),
    file,
    log,
    redis,
    sessions,
    profiles: createProfileCache(redis),
    counters,
    figures: createFigures(),
    failures,
    denyList: createDenyList(file),
    rateLimit: createRateLimit(file, database, flavour.perMinute),
    faults: createFaults(file, note.failing ?? 0),
    logins: createLogins({ file, sessions, log, counters, failures }),
    checkToken: createTokenCheck(file, sessions, counters),
  };
}
