import { actions, queries } from '../src/actions/index.ts';
import { configurationPage } from '../src/config/configuration-page.ts';
import { actionsPage } from '../src/handlers/help/actions-page.ts';
import { drivers } from '../src/targets/index.ts';

/** The pages of docs/ that are made from code, by path: what each has to say now. */
export const pages: Readonly<Record<string, string>> = {
  'docs/actions.md': actionsPage(queries, actions),
  'docs/configuration.md': configurationPage(drivers),
};
