import type { Catalogue } from '../core/catalogue.ts';
import type { Absence } from '../core/incidents.ts';
import type { Directory } from '../core/person.ts';
import type { Policy } from '../core/policy.ts';
import type { Message } from '../views/blocks/message.ts';
import type { IncidentTools } from './incidents/incident-tools.ts';
import type { Pleas } from './pleas.ts';
import type { ReplyTools } from './replies.ts';
import type { RunTools } from './runs/run-tools.ts';

/** What a desk needs to look after people, whatever its commands are. */
export interface DeskTools extends ReplyTools {
  catalogue: Catalogue;
  policy: Policy;
  directory: Directory;
  /** What runs are begun and decided with; without it nothing can be changed. */
  running?: RunTools;
  /** What incidents are handled with; without it there are none. */
  incidentTools?: IncidentTools;
  /** When Slack could not be reached within the last hour; null when it always could. */
  slackAway?(): Absence | null;
  /** Who has passed a wish on lately. */
  pleas?: Pleas;
  /** Writes to others than who asked; without it wishes cannot be passed on. */
  post?: Post;
}

/** Posts to a channel, or to the direct messages of `user:U…`. @throws when Slack does not take it. */
export type Post = (to: string, message: Message) => Promise<void>;
