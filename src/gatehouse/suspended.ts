import type { SlackDirectory } from '../bot/people/directory.ts';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Standing } from '../core/person.ts';
import { personSubject, type Suspensions } from '../core/suspensions.ts';

/** What is needed to hold people to their suspension. */
export interface SuspendedOptions {
  directory: SlackDirectory;
  suspensions: Pick<Suspensions, 'find' | 'people'>;
  log: Log;
}

/** A directory that answers nobody who was suspended. */
export interface SuspendedDirectory {
  directory: SlackDirectory;
  /** Begins to look who is suspended, once the database is open. */
  start(): void;
  stop(): void;
}

/** How often it is looked who is suspended, for those who only read, in milliseconds. */
const every = 5_000;

/**
 * A suspended person is refused whatever they ask. For a change the database is asked each time, and
 * who cannot be looked up there is unverified; reading waits for no database: the last look counts.
 */
export function refuseSuspended(options: SuspendedOptions): SuspendedDirectory {
  const { directory, suspensions } = options;
  const list = keepList(options);
  return {
    ...list,
    directory: {
      ...directory,
      async standing(id, team, how) {
        const subject = personSubject({ id, team });
        if (how?.maxAge === undefined) {
          return list.has(subject) ? refused : directory.standing(id, team, how);
        }
        const [standing, suspended] = await Promise.all([
          directory.standing(id, team, how),
          suspensions.find(subject).catch(messageOf),
        ]);
        if (suspended === null) return standing;
        return typeof suspended === 'string' ? doubted(standing, suspended) : refused;
      },
      members: async (role) => (await directory.members(role)).filter((id) => !list.hasId(id)),
      whoIs: async (member) => (await directory.whoIs(member)).filter((id) => !list.hasId(id)),
    },
  };
}

const refused: Standing = { kind: 'refused', why: 'suspended' };

/** Nobody changes anything while it cannot be read whether they were offboarded. */
function doubted(standing: Standing, trouble: string): Standing {
  if (standing.kind !== 'member') return standing;
  const why = `It cannot be read who was suspended: ${trouble}`;
  return { kind: 'unverified', person: { ...standing.person, roles: [] }, why };
}

/** Who was suspended at the last look. */
function keepList({ suspensions, log }: SuspendedOptions) {
  let known: ReadonlySet<string> = new Set();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    try {
      known = new Set((await suspensions.people()).map(({ subject }) => subject));
    } catch (error) {
      log.warn(
        { why: messageOf(error) },
        'it cannot be read who was suspended; the last look counts',
      );
    }
    if (!stopped) timer = setTimeout(look, every).unref();
  };
  return {
    has: (subject: string) => known.has(subject),
    hasId: (id: string) => [...known].some((subject) => subject.endsWith(`/${id}`)),
    start: () => void look(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
