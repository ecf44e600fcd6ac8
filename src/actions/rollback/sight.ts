import type { On, Verdict } from '../../core/action.ts';
import type { Instance, Release } from '../../core/capabilities.ts';
import { copiesOf } from '../copies.ts';
import type { RollbackArgs } from './step.ts';

/** What a rollback needs of its target. */
export type Needs = 'releases' | 'deployments' | 'instances' | 'probes';

/** How long listing the releases may take, in milliseconds. */
const patience = 5_000;

/** The releases, newest first, and the running copies, as they are now. */
export interface Sight {
  releases: readonly Release[];
  copies: readonly Instance[];
}

/** Looks at both at the same time. */
export async function lookAround(on: On<Needs>): Promise<Sight> {
  const [releases, copies] = await Promise.all([
    on.can.releases.history(AbortSignal.timeout(patience)),
    copiesOf(on),
  ]);
  return { releases, copies };
}

/**
 * Whether the wanted release is the current one, and every copy is a new one that runs it. Copies that
 * keep their names are looked at one by one; those that were replaced by others with other names are not
 * there any more, and the others count for them.
 */
export function switchChecks(args: RollbackArgs, { releases, copies }: Sight): Verdict['checks'] {
  const current = releases.find((release) => release.current)?.id;
  const before = (id: string) => args.copies.find((copy) => copy.id === id);
  return [
    {
      name: 'current release',
      ok: current === args.to,
      seen: current ?? 'nobody knows which one it is',
    },
    ...(copies.length === 0 ? [{ name: 'copies', ok: false, seen: 'there is none' }] : []),
    ...copies.map((copy) => {
      const why = notNew(copy, before(copy.id), args.to);
      return { name: copy.id, ok: why === null, seen: why ?? `a new one runs ${args.to}` };
    }),
  ];
}

/** `before` is how it was seen; undefined when it was not there. One that ran the wanted release then may go on. */
function notNew(
  copy: Instance,
  before: RollbackArgs['copies'][number] | undefined,
  to: string,
): string | null {
  if (copy.health !== 'up') return 'does not run';
  if (copy.startedAt === before?.startedAt && before.release !== to) {
    return 'still the one that ran before';
  }
  return copy.release === to ? null : `runs ${copy.release ?? 'a release that nobody knows'}`;
}
