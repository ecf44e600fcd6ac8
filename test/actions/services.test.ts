import { expect, test } from 'vitest';
import { services } from '../../src/actions/services.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { stillClock } from '../support/clock.ts';
import { catalogueOf, scriptedTargets } from '../support/scripted-targets.ts';
import { someDependency, withDependency } from '../support/with-dependency.ts';

const run = (catalogue: Catalogue) =>
  services.run({}, null, { catalogue, targets: scriptedTargets({}), clock: stillClock() });

test('lists every service with what on-call needs to know of it', async () => {
  const environments = ['prod', 'staging'].map((name) => ({
    name,
    production: name === 'prod',
    drivers: {},
  }));
  const rms = { title: 'RMS Authentication', runbook: '000', aliases: ['rms'], environments };
  const bare = { title: 'Rust', runbook: '002', aliases: [], owners: [], environments };
  const { parts } = await run({
    defaultEnv: 'staging',
    services: [
      { name: 'rms-auth', owners: ['auth-team'], ...rms },
      { name: 'rust-auth', ...bare },
    ],
  });
  expect(parts).toEqual([
    {
      kind: 'facts',
      facts: [
        {
          name: 'rms-auth',
          value:
            'RMS Authentication · in prod, staging · also rms · owned by auth-team · runbook 000',
        },
        { name: 'rust-auth', value: 'Rust · in prod, staging · runbook 002' },
      ],
    },
  ]);
});

test('says what a service depends on, each once', async () => {
  const plain = catalogueOf(['rms-auth', 'rust-auth']);
  const { parts } = await run(withDependency(plain, 'rms-auth@prod', someDependency('redis')));
  const [part] = parts;
  const values = part?.kind === 'facts' ? part.facts.map(({ value }) => value) : [];
  expect(values).toEqual([
    'The service rms-auth · in prod · depends on redis · runbook 000',
    'The service rust-auth · in prod · runbook 000',
  ]);
});

test('an empty catalogue is said to be one', async () => {
  const { parts } = await run({ defaultEnv: null, services: [] });
  expect(parts).toEqual([{ kind: 'text', text: 'The catalogue names no service yet.' }]);
});
