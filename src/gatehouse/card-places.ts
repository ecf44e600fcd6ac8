import type { SlackDirectory } from '../bot/people/directory.ts';
import type { Config } from '../config/config.ts';
import { type LateReview, reminders } from '../core/break-glass.ts';
import type { Log } from '../core/log.ts';
import type { Run } from '../core/run.ts';
import { everySet } from '../permissions/every-set.ts';
import { keepMembers, keepNamed } from './keep-members.ts';

/** What it depends on where runs are seen. */
export interface CardPlacesOptions {
  config: Pick<Config, 'approvals' | 'channels'>;
  directory: SlackDirectory;
  log: Log;
}

/** Where everybody who has to do with a run sees it: who decides, who asked, and whose approval is left out. */
export interface CardPlaces {
  of(run: Run): readonly string[];
  /** Resolves once the people were looked up, or when that takes too long. */
  known(): Promise<void>;
  /** Who is reminded of a late review: those who review, but for who used it; in the end a channel. */
  ofLateReview(late: LateReview): readonly string[];
  /** The user ids behind the names that approvals escalate to; null while one of them was never looked up. */
  named(names: readonly string[]): readonly string[] | null;
  start(): void;
  stop(): void;
}

/** Keeps the people in mind, so that they are written to also while Slack does not say who they are. */
export function createCardPlaces({ config, directory, log }: CardPlacesOptions): CardPlaces {
  const { approvals } = config.channels;
  const rule = config.approvals.breakGlass;
  const keep = (role: string) => keepMembers(directory, role, log);
  const managers = keep('manager');
  const others = (roles: readonly string[] = []) => roles.filter((role) => role !== 'manager');
  const leftOut = others(rule?.notify.roles).map(keep);
  const reviewing = others(rule?.review.by).map(keep);
  const reviewers = rule?.review.by.includes('manager') ? [managers, ...reviewing] : reviewing;
  const all = [managers, ...leftOut, ...reviewing];
  const told = new Map(
    namesIn(config.approvals).map((name) => [name, keepNamed(directory, name, log)]),
  );
  const kept = [...all, ...told.values()];
  const membersOf = (kept: typeof all) =>
    kept.flatMap((members) => members.all()).map((id) => `user:${id}`);
  const unique = (places: (string | null)[]) => [...new Set(places.flatMap((one) => one ?? []))];
  return {
    of(run) {
      const { approval, requestedBy, votes } = run;
      const requester = `user:${requestedBy.id}`;
      const usual = [approvals, ...membersOf([managers]), requester];
      if (!approval?.breakGlass) return unique(usual);
      if (votes.length === 0) return [requester]; // nothing happens yet, and nobody else is asked
      return unique([rule?.notify.channel ?? null, ...membersOf(leftOut), ...usual]);
    },
    ofLateReview({ person, number }) {
      if (number > reminders.toPeople) return unique([approvals ?? rule?.notify.channel ?? null]);
      const [, user] = person.split('/');
      return unique(membersOf(reviewers)).filter((to) => to !== `user:${user}`);
    },
    named(names) {
      const people = names.map((name) => told.get(name)?.ifKnown() ?? null);
      return people.includes(null) ? null : [...new Set(people.flatMap((some) => some ?? []))];
    },
    known: async () => {
      await Promise.all(all.map((members) => members.known()));
    },
    start() {
      for (const members of kept) members.start();
    },
    stop() {
      for (const members of kept) members.stop();
    },
  };
}

/** Whom approvals name who hear of what waits for long. */
const namesIn = (approvals: Config['approvals']): string[] => [
  ...new Set(everySet(approvals).flatMap(({ escalate }) => escalate?.to ?? [])),
];
