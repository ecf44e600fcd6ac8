import type { Config } from '../config/config.ts';
import type { Log } from '../core/log.ts';
import type { FactorRows, SecondFactor } from '../core/second-factor.ts';
import { wantsStepUp } from '../permissions/wants-step-up.ts';
import { createKeyring } from '../step-up/keyring.ts';
import { createSecondFactor } from '../step-up/second-factor.ts';

/** What one-time passwords are checked with. */
export interface SecondFactorParts {
  config: Pick<Config, 'approvals' | 'encryptionKeys'>;
  store: { secondFactors: FactorRows };
  randomBytes(size: number): Uint8Array;
  log: Log;
}

/** Checks the one-time passwords of approvers; says at the start when something needs them and no key is there. */
export function secondFactorFrom(parts: SecondFactorParts): SecondFactor {
  const { config, store, randomBytes, log } = parts;
  const keyring = createKeyring(config.encryptionKeys, randomBytes);
  if (keyring === null && wantsStepUp(config.approvals)) log.warn({}, noKey);
  return createSecondFactor(store.secondFactors, keyring);
}

const noKey =
  'GATEHOUSE_ENCRYPTION_KEY is not set: whatever has to be approved with a one-time password is refused';
