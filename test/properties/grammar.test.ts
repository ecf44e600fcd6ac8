import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actions, queries } from '../../src/actions/index.ts';
import { builtins } from '../../src/handlers/create-desk.ts';
import { clean } from '../../src/handlers/grammar/clean.ts';
import { fromSlack } from '../../src/handlers/grammar/from-slack.ts';
import { parse } from '../../src/handlers/grammar/parse.ts';
import { resolve } from '../../src/handlers/grammar/resolve.ts';
import { leading } from '../../src/handlers/grammar/verb.ts';
import { write } from '../../src/handlers/grammar/write.ts';
import { queryCommand } from '../../src/handlers/query-command.ts';
import { createRegistry } from '../../src/handlers/registry.ts';
import { rightsOf } from '../../src/handlers/rights.ts';
import { actionCommand } from '../../src/handlers/runs/action-command.ts';
import { refusalMessage } from '../../src/views/refusal.ts';
import { fakeRuns } from '../support/fake-runner.ts';
import { inputs } from '../support/inputs.ts';
import { sampleCatalogue } from '../support/sample-catalogue.ts';
import { bentCommand, hostileText } from './hostile-text.ts';

const runs = 20_000;

const catalogue = sampleCatalogue([
  ['rms-auth', ['prod'], ['rms']],
  ['rust-auth', ['staging', 'prod'], []],
  ['identity-platform', ['dev', 'prod'], ['idp']],
]);

const policy = { roles: {}, grants: [{ role: '*', allow: ['*'], deny: [], env: ['*'] }] };
const clock = { now: () => 0, monotonic: () => 0 };
const targets = { probes: async () => [], offer: async () => null, close: async () => {} };
const registry = createRegistry([
  ...queries.map((query) => queryCommand(query, { clock, targets })),
  ...actions.map((action) => actionCommand(action, fakeRuns().tools)),
  ...builtins({ policy, botName: 'Gatehouse' }),
]);
const rights = rightsOf({ id: 'U1', team: 'T1', roles: [] }, null, policy, catalogue);
const setting = { registry, catalogue, rights };

const commands = [
  ...registry.all.flatMap(({ examples, aliases }) => [...examples, ...aliases]),
  'logs rust-auth@prod --since=15m --grep "two words" | grep timeout | head 5',
  'logs idp --env prod --lines 20 —since 1h',
  'status `rust-auth@staging`',
];

const anyText = fc.oneof(hostileText, bentCommand(commands));

describe('any text at all', () => {
  test('is taken apart or refused, and what was taken apart can be written and read again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parse(text);
        if (!parsed.ok) return;
        const written = write(parsed.value);
        const again = parse(written);
        // Quotes make a text longer: what was near the limit may now be over it.
        if (!again.ok && again.error.kind === 'too-long') return;
        expect(again).toEqual(parsed);
        if (again.ok && write(again.value) !== written)
          throw new Error(`written otherwise: ${written}`);
      }),
      { numRuns: inputs(2 * runs) },
    );
  });

  test('that is clean stays as it is, and what Slack has not touched too', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = clean(text);
        if (once.ok && JSON.stringify(clean(once.value)) !== JSON.stringify(once))
          throw new Error('cleaned twice');
        const plain = fromSlack(text);
        if (!/[<&]/.test(text) && plain !== text)
          throw new Error('changed what Slack had not touched');
        const typed = text.replace(
          /[&<>]/g,
          (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign,
        );
        if (fromSlack(typed) !== text) throw new Error('not what was typed');
      }),
      { numRuns: inputs(runs) },
    );
  });

  test('means a command that may be done, or a refusal whose buttons mean one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parse(text);
        const resolved = parsed.ok ? resolve(parsed.value, setting) : parsed;
        if (resolved.ok) return;
        const { text: sentence } = refusalMessage(resolved.error);
        if (sentence.length < 20) throw new Error(`no sentence: ${sentence}`);
        const next = 'near' in resolved.error ? resolved.error.near.next : [];
        for (const { command } of next) mustBeReadable(command);
      }),
      { numRuns: inputs(runs) },
    );
  });
});

/**
 * A suggestion names a command that only reads, or one that a button opens the form of; one that became too
 * long gets no button.
 */
function mustBeReadable(command: string): void {
  const parsed = parse(command);
  const found = parsed.ok ? registry.find(leading(parsed.value.items)) : null;
  const isTooLong = !parsed.ok && parsed.error.kind === 'too-long';
  const isFine = found && (!found.command.changes || found.command.ask);
  if (!isTooLong && !isFine) throw new Error(`suggests ${command}`);
}
