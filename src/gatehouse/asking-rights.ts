import type { Config } from '../config/config.ts';
import { type Action, dependencyIn } from '../core/action.ts';
import { dependedOn } from '../core/dependencies.ts';
import { rightsOf } from '../handlers/rights.ts';
import { declaredBy } from '../handlers/runs/action-command.ts';
import { rolesOfGrants } from '../permissions/may-use.ts';
import type { AskingRights } from '../runs/run-tools.ts';

/** What the question is answered from. */
export interface AskingRightsOptions {
  config: Pick<Config, 'policy' | 'catalogue'>;
  actions: readonly Action[];
}

/**
 * What the grants say of who has asked for a run, of each target that feels it: asked once more right before it
 * begins.
 */
export const askingRights = ({ config, actions }: AskingRightsOptions): AskingRights => ({
  roles: () => rolesOfGrants(config.policy),
  may: ({ action: name, target, params, askedIn }, person) => {
    const action = actions.find((one) => one.name === name);
    if (!action) return false;
    const rights = rightsOf(person, null, config.policy, config.catalogue, askedIn);
    const dependency = dependencyIn(action, params);
    const found = dependency === null ? null : dependedOn(config.catalogue, target, dependency);
    const touched = found?.dependents.map((one) => one.target) ?? [target];
    return touched.every((one) => rights.may(declaredBy(action), one).ok);
  },
});
