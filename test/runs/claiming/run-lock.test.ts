import { describe, expect, test } from 'vitest';
import type { Target } from '../../../src/core/target.ts';
import { actionOn, aRequest, ballot, granted, grounds } from '../grounds.ts';
import { settle } from '../virtual-time.ts';

const services = ['abc', 'rms-auth', 'rust-auth'];
const targetsIn = (env: string): Target[] => services.map((service) => ({ service, env }));

describe('runs on all and runs on one', () => {
  /** The action on one target, and on all; each waits in its first step until it is let go. */
  function houses() {
    const going = new Map<string, () => void>();
    const begun: string[] = [];
    const machine = { release: '1', effects: [] };
    const ground = grounds({
      targetsIn,
      actions: [
        actionOn(machine, {
          everywhere: true,
          execute: async (step, plan, on) => {
            const at = `${on.target.service}:${step.id}`;
            begun.push(`${plan.target.service === on.target.service ? '' : 'odd '}${at}`);
            if (step.id === 'one') await new Promise<void>((go) => going.set(at, go));
            return { kind: 'done', seen: 'done' };
          },
        }),
      ],
    });
    const start = async (service: string) => {
      const target = { service, env: 'prod' };
      const run = granted(await ground.runner.request(aRequest({ target })));
      await ground.runner.vote(ballot(run, 'm1'));
      await settle();
      return run.id;
    };
    const stateOf = async (id: string) => (await ground.find(id)).state;
    return { ...ground, going, begun, start, stateOf };
  }

  test('wait for each other, in both directions', async () => {
    for (const [first, second] of [
      ['all', 'rms-auth'],
      ['rms-auth', 'all'],
    ] as const) {
      const { runner, time, going, begun, start, stateOf } = houses();
      runner.start();
      const one = await start(first);
      const two = await start(second);
      await time.pass(3_000);
      expect([await stateOf(one), await stateOf(two)]).toEqual(['executing', 'approved']);
      expect(begun).toHaveLength(1);
      for (let turn = 0; turn < 10; turn++) {
        for (const go of going.values()) go();
        await time.pass(1_500);
      }
      expect([await stateOf(one), await stateOf(two)]).toEqual(['succeeded', 'succeeded']);
      expect(begun).toHaveLength(2 * (services.length + 1));
      await runner.stop(0);
    }
  });
});
