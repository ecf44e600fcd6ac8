import { type Claim, claimSentence } from '../../core/claims.ts';
import type { Holder } from '../../core/locks.ts';
import type { Fact, Report } from '../../core/report.ts';
import { gatehouseItself, type Run } from '../../core/run.ts';

/** What is claimed, for everybody. */
export const claimReport = (claims: readonly Claim[]): Report => ({
  title: 'Claims',
  parts:
    claims.length === 0
      ? [
          {
            kind: 'text',
            text: 'Nobody has claimed anything. Type claim, a service and why to keep others from changing it.',
          },
        ]
      : [{ kind: 'facts', facts: claims.slice(0, 50).map(claimFact) }],
  next: [{ label: 'Runs', command: 'runs' }],
});

/** One claim in one line. */
export const claimFact = (claim: Claim): Fact => ({
  name: claim.target,
  value: claimSentence(claim).slice(claim.target.length + ' is '.length),
});

/** Who works on a target, in one line. */
export const lockFact = ({ target, mode, owner }: Holder, run: Run | null): Fact => ({
  name: target,
  value: `being worked on by ${run ? `the run ${run.id}${ofWhom(run)}` : owner}${mode === 'shared' ? ', beside others that only keep evidence' : ''}`,
});

const ofWhom = ({ requestedBy: { id }, parent }: Run): string =>
  id === gatehouseItself ? `, which ends ${parent ?? 'another'}` : ` of user:${id}`;
