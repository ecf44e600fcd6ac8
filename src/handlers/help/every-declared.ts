import type { Query } from '../../core/query.ts';
import type { Declared } from '../command.ts';
import { builtins } from '../create-desk.ts';
import { aboutIncidents } from '../incidents/about-incidents.ts';
import { declaredBy } from '../runs/action-command.ts';
import type { Requestable } from '../runs/requestable.ts';
import { aboutRuns } from '../runs/run-declared.ts';

/** Everything that can be typed, as it declares itself: for documentation, and to check what a file names. */
export const everyDeclared = (
  queries: readonly Query[],
  actions: readonly Requestable[],
  botName = 'Gatehouse',
): Declared[] => [
  ...queries,
  ...actions.map(declaredBy),
  ...aboutRuns,
  ...aboutIncidents,
  ...builtins({ policy: { roles: {}, grants: [] }, botName }),
];
