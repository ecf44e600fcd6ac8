import type { Catalogue } from '../core/catalogue.ts';
import type { Directory } from '../core/person.ts';
import type { Policy } from '../core/policy.ts';
import type { ReplyTools } from './replies.ts';

import type { RunTools } from './run-tools.ts';

/** What a desk needs to look after people, whatever its commands are. */
export interface DeskTools extends ReplyTools {
  catalogue: Catalogue;
  policy: Policy;
  directory: Directory;
  /** What runs are begun and decided with; without it nothing can be changed. */
  running?: RunTools;
}
