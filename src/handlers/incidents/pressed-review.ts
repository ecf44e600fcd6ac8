import type { Review } from '../../core/incident.ts';
import type { PressedDeed } from './pressed-deed.ts';

const checks: Readonly<Record<string, keyof Review['checks']>> = {
  'review-check-timeline': 'timeline',
  'review-check-impact': 'impact',
  'review-check-followups': 'followUps',
};

/** What the buttons of a review do at once; null for any other. */
export function pressedReview(name: string): PressedDeed | null {
  if (name === 'publish-review') {
    return { deed: { kind: 'publish-review' }, did: 'The review is published' };
  }
  const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
  if (check === undefined) return null;
  return {
    deed: { kind: 'write-review', notes: {}, checks: { [check]: true } },
    did: 'Checked',
  };
}
