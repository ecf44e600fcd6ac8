import type { Probe } from '../../core/capabilities.ts';
import type { Pool } from './pool.ts';

/** Whether Cognito answers for the pool; runbook 000 "Check Cognito user pool health". */
export const poolProbe = (pool: Pool): Probe => ({
  name: 'user pool',
  run: async (signal) => {
    const { UserPool } = await pool.ask('DescribeUserPool', signal, (cognito, options) =>
      cognito.describeUserPool({ UserPoolId: pool.id }, options),
    );
    if (UserPool?.Id !== pool.id) return { health: 'down', detail: 'answered about another pool' };
    const { EstimatedNumberOfUsers: count } = UserPool;
    return { health: 'up', detail: count === undefined ? 'answers' : `about ${count} accounts` };
  },
});
