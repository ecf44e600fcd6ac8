import { defineDriver } from '../core/driver.ts';
import { checkProbe } from './http/check.ts';
import { httpOptions } from './http/options.ts';

/** How many checks of one target may be under way at the same host at once. More would go in waves. */
const connections = 64;

/** Health endpoints, as every runbook has them: each check is one GET and what it must answer. */
export const http = defineDriver({
  name: 'http',
  summary: 'Asks health endpoints over HTTP and compares what they answer.',
  options: httpOptions,

  async open({ checks }, _target, { clock }) {
    const { Agent } = await import('undici');
    const agent = new Agent({ connections, pipelining: 1, allowH2: false, maxHeaderSize: 16_384 });
    const probes = checks.map((check) => checkProbe(check, agent, clock));
    return {
      capabilities: { probes: { list: () => probes } },
      close: () => agent.destroy(),
    };
  },
});
