import type { Next } from '../../core/report.ts';
import { type Target, targetName } from '../../core/target.ts';

/** So many buttons at most: whoever looks at a row of red wants one incident, not ten. */
const most = 2;

/** Buttons that open the form to declare an incident about what is down. */
export const declaring = (down: readonly Target[]): Next[] =>
  down.slice(0, most).map((target) => ({
    label: `Declare incident: ${targetName(target)} …`,
    command: `incident start ${targetName(target)}`,
  }));
