import { describe } from 'vitest';
import { poolContract } from './pool-contract.ts';

const endpoint = process.env.TEST_COGNITO_ENDPOINT;

/** With the address of a Cognito for tests in `TEST_COGNITO_ENDPOINT`. What stands for it elsewhere has to do the same. */
describe.skipIf(endpoint === undefined)('a Cognito that nobody here wrote', () => {
  poolContract(() => endpoint ?? '');
});
