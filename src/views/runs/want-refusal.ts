import type { RunRefusal } from '../../core/run-refusal.ts';
import { code } from '../text/code.ts';
import { breakGlassSentence } from './break-glass.ts';
import { noIncidentSentence } from './no-incident.ts';
import { outsideWindowSentence } from './outside-window.ts';
import { unprovenSentence } from './unproven.ts';

/** Something is wanting: somebody else, the right hour, an incident, a right to do without approvals, a proof. */
export type WantRefusal = Extract<
  RunRefusal,
  { kind: 'about-yourself' | 'outside-window' | 'no-incident' | 'break-glass' | 'not-proven' }
>;

/** What is wanting, who has it, and what to do next; escaped. */
export function wantRefusal(refusal: WantRefusal): string {
  switch (refusal.kind) {
    case 'about-yourself':
      return `This is about yourself, and nobody but you would have a say in it, so nothing was asked for or counted. Somebody else can ask for it; ${code('/auth plan')} shows what would be done.`;
    case 'outside-window':
      return outsideWindowSentence(refusal);
    case 'no-incident':
      return noIncidentSentence(refusal);
    case 'break-glass':
      return breakGlassSentence(refusal);
    case 'not-proven':
      return unprovenSentence(refusal.proof);
  }
}
