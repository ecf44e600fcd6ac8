import { defineDriver } from '../core/driver.ts';
import { cognitoOptions } from './cognito/options.ts';

/** A user pool of AWS Cognito: its accounts one at a time, and the sessions of each; runbook 000. */
export const cognito = defineDriver({
  name: 'cognito',
  summary:
    'Shows, makes, disables and enables accounts of an AWS Cognito user pool; ends sessions.',
  options: cognitoOptions,
  open: async (...target) => (await import('./cognito/open.ts')).openCognito(...target),
});
