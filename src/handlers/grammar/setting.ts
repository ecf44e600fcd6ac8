import type { Catalogue } from '../../core/catalogue.ts';
import type { Target } from '../../core/target.ts';
import type { Registry } from '../registry.ts';
import type { Rights } from '../rights.ts';

/** What a command is looked up in: what there is, and what the person asking may do. */
export interface Setting {
  registry: Registry;
  catalogue: Catalogue;
  rights: Rights;
  /** What is meant by a change that names no target: what the incident of the channel is about. */
  standing?: Target;
}
