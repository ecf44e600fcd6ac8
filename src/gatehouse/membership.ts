import type { Config } from '../config/config.ts';
import type { Requested } from '../core/action.ts';
import type { Membership } from '../core/capabilities.ts';
import { messageOf, TargetError } from '../core/errors.ts';
import { peoplePrefix, personSubject, type Suspensions } from '../core/suspensions.ts';
import { actorOf } from '../runs/commit.ts';
import type { EndedRequests } from '../runs/ending/end-requests-of.ts';

/** What Gatehouse needs to say who stands behind an account, and to take their roles away. */
export interface MembershipOptions {
  config: Pick<Config, 'accounts' | 'team'>;
  suspensions: Suspensions;
  /** The Slack user with an address; null for nobody. Throws when Slack does not say. */
  findByAddress(address: string): Promise<string | null>;
  endRequestsOf(ended: EndedRequests): Promise<void>;
  /** Lets them keep no part in any incident. It must not throw. */
  vacate(person: { id: string; team: string }): Promise<void>;
}

/** The part of offboarding that Gatehouse does to itself. */
export function createMembership(options: MembershipOptions): Membership {
  const { config, suspensions, findByAddress, endRequestsOf, vacate } = options;
  const { team } = config;
  const idOf = async (address: string): Promise<string | null> => {
    try {
      const id = config.accounts.people[address] ?? (await findByAddress(address));
      return id === null ? null : (config.accounts.second[id] ?? id);
    } catch (cause) {
      const message = `Slack does not say who has the address ${address}: ${messageOf(cause)}`;
      throw new TargetError(message, { retryable: true, happened: false, cause });
    }
  };
  return {
    async find(user) {
      const address = user.toLowerCase();
      const id = await idOf(address);
      return {
        person: id === null ? null : { id, team },
        kept: config.accounts.kept[address] ?? null,
        welcome: isWelcome(address, config.accounts),
      };
    },
    taken: (subject) => suspensions.find(subject),
    async take(subject, request) {
      const by = inTheNameOf(request);
      await suspensions.suspend(subject, by);
      const person = personIn(subject);
      if (!person) return;
      const why = `Who asked for it was offboarded by ${by.run}. Nothing was done.`;
      await endRequestsOf({ person, why, actor: by.actor });
      await vacate(person);
    },
    giveBack: async (subject, request) => suspensions.lift(subject, inTheNameOf(request)),
  };
}

/** Exactly one of the domains: a domain below one of them may be anybody's. */
const isWelcome = (address: string, { domains }: Config['accounts']): boolean =>
  domains === undefined || domains.includes(address.slice(address.lastIndexOf('@') + 1));

/** Only a run takes something away. */
function inTheNameOf({ run, by, reason }: Requested) {
  if (run !== null) return { run, actor: actorOf(by), reason };
  const message = 'only a run takes something away or gives it back';
  throw new TargetError(message, { retryable: false, happened: false });
}

/** The person that a subject is; null for an account. */
function personIn(subject: string): { id: string; team: string } | null {
  if (!subject.startsWith(peoplePrefix)) return null;
  const [team = '', id = ''] = subject.slice(peoplePrefix.length).split('/');
  return personSubject({ id, team }) === subject ? { id, team } : null;
}
