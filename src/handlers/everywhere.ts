import { envsOf, targetsOf } from '../core/catalogue.ts';
import type { Command } from './command.ts';
import type { Setting } from './grammar/setting.ts';

/** The environments in which the person may do it to every service at once; none for most commands. */
export function envsEverywhere(command: Command, { catalogue, rights }: Setting): string[] {
  if (!command.everywhere) return [];
  const reach = rights.reach(command);
  const isMine = ({ service, env }: (typeof reach)[number]) =>
    reach.some((one) => one.service === service && one.env === env);
  return envsOf(catalogue).filter((env) =>
    targetsOf(catalogue)
      .filter((target) => target.env === env)
      .every(isMine),
  );
}
