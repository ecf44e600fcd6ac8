import type { Limits } from '../../../src/core/limits.ts';
import type { Run } from '../../../src/core/run.ts';
import { targetName } from '../../../src/core/target.ts';
import type { World } from './truth.ts';

/** So narrow that they are met now and then, and so wide that the rest still happens. */
export const limits = {
  perPerson: { destructive: { most: 1, within: 20_000 } },
  perTarget: { restart: { most: 2, within: 60_000 } },
} as const satisfies Limits;

/** Holds requests and beginnings against the limits. Across a jump of the clock nothing is compared. */
export interface LimitsJudge {
  created(run: Run): void;
  changed(run: Run, before: Run): void;
  /** It changes its target for the first time: what only was about to counts for nothing here. */
  began(run: Run): void;
}

/** Something that counts: of what, at what time, and how far the clock had been set by then. */
interface Counted {
  what: string;
  at: number;
  set: number;
}

/** Judges one world. */
export function limitsJudge(
  { time }: Pick<World, 'time'>,
  must: (holds: boolean, otherwise: string) => void,
): LimitsJudge {
  const created = new Map<string, number>();
  const asked: Counted[] = [];
  const begun: Counted[] = [];
  const executing = new Map<string, Pick<Counted, 'at' | 'set'>>();
  const set = () => time.clock.now() - time.clock.monotonic();
  const lately = (all: readonly Counted[], what: string, since: number) =>
    all.filter((one) => one.what === what && one.set === set() && one.at > since).length;
  const askedFor = ({ id, plan, requestedBy, createdAt: at, parent }: Run) => {
    if (parent !== null || plan?.risk !== 'destructive' || created.get(id) !== set()) return;
    const { most, within } = limits.perPerson.destructive;
    asked.push({ what: requestedBy.id, at, set: set() });
    const many = lately(asked, requestedBy.id, time.clock.now() - within);
    must(many <= most, `${id} is asked for over the limit`);
  };
  return {
    created: ({ id }) => void created.set(id, set()),
    changed(run, before) {
      if (before.state === 'planned' && asks.includes(run.state)) askedFor(run);
      if (before.state === 'claimed' && run.state === 'executing') {
        executing.set(run.id, { at: time.clock.now(), set: set() });
      }
    },
    began({ id, action, target }) {
      const { most, within } = limits.perTarget.restart;
      const what = targetName(target);
      const begin = executing.get(id);
      if (action !== 'restart' || begin?.set !== set()) return;
      const many = lately(begun, what, begin.at - within);
      begun.push({ what, ...begin });
      must(many < most, `${id} began over the limit`);
    },
  };
}

const asks: readonly Run['state'][] = ['waiting', 'approved'];
