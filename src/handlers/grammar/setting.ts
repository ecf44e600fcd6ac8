import type { Catalogue } from '../../core/catalogue.ts';
import type { Registry } from '../registry.ts';
import type { Rights } from '../rights.ts';

/** What a command is looked up in: what there is, and what the person asking may do. */
export interface Setting {
  registry: Registry;
  catalogue: Catalogue;
  rights: Rights;
}
