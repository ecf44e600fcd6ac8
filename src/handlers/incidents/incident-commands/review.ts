import type { z } from 'zod';
import type { Command } from '../../command.ts';
import { doDeed } from '../do-deed.ts';
import { type CommandTools, changing, withIncident } from '../incident-command.ts';
import { showReview } from '../show-review.ts';
import { reviewDeclared } from './review-declared.ts';

/** What is left of an incident when it is over. */
export const reviewCommands = (tools: CommandTools): Command[] => [
  {
    ...reviewDeclared,
    ...changing,
    async perform(invocation, asking) {
      const given = invocation.params as z.output<typeof reviewDeclared.params>;
      const named = given.words[0] ?? given.incident;
      await withIncident(named, invocation, asking, tools, async (incident) => {
        if (given.waive !== undefined) {
          const deed = { kind: 'waive-review', reason: given.waive } as const;
          return doDeed(incident.id, deed, 'There will be no review', asking, tools);
        }
        if (given.publish) {
          const deed = { kind: 'publish-review' } as const;
          return doDeed(incident.id, deed, 'The review is published', asking, tools);
        }
        return showReview(incident, given.roles ? 'roles' : 'names', asking, tools);
      });
    },
  },
];
