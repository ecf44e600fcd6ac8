import type { z } from 'zod';
import { severities } from '../../../core/severity.ts';
import { targetName } from '../../../core/target.ts';
import type { Command } from '../../command.ts';
import { doDeed } from '../do-deed.ts';
import {
  type CommandTools,
  changing,
  deedCommand,
  type TypedDeed,
  withIncident,
} from '../incident-command.ts';
import {
  acknowledgeDeclared,
  cancelDeclaredIncident,
  impactDeclared,
  reopenDeclared,
  resolveDeclared,
  securityDeclared,
  severityDeclared,
  stateDeclared,
  targetDeclared,
  titleDeclared,
  watchDeclared,
} from '../incident-declared.ts';
import { idIn } from '../meant-incident.ts';

/** What an incident becomes. */
export const stateCommands = (tools: CommandTools): Command[] => [
  deedCommand(acknowledgeDeclared, tools, ({ undo }) =>
    undo
      ? { kind: 'deed', deed: { kind: 'unacknowledge' }, did: 'Taken back' }
      : { kind: 'deed', deed: { kind: 'acknowledge' }, did: 'You are on it' },
  ),
  deedCommand(stateDeclared, tools, ({ words, reason }) => ({
    kind: 'deed',
    deed: { kind: 'move', to: words[0] ?? 'investigating', reason: reason ?? null },
    did: `Moved to ${words[0]}`,
  })),
  deedCommand(severityDeclared, tools, (given) => severityOf(given, tools.severityWords)),
  deedCommand(resolveDeclared, tools, resolved),
  deedCommand(reopenDeclared, tools, ({ words }) => {
    const reason = words.join(' ');
    if (reason === '') return { kind: 'form', name: 'reopen' };
    return { kind: 'deed', deed: { kind: 'reopen', reason }, did: 'Open again' };
  }),
  deedCommand(cancelDeclaredIncident, tools, cancelled),
  deedCommand(watchDeclared, tools, ({ words }) => ({
    kind: 'deed',
    deed: { kind: 'watch-more', ms: words[0] ?? 15 * 60_000 },
    did: 'Watched on',
  })),
  deedCommand(securityDeclared, tools, (given) => ({
    kind: 'deed',
    deed: { kind: 'set-security', on: given.words[0] === 'yes', reason: given.reason ?? null },
    did:
      given.words[0] === 'yes' ? 'It is about security now' : 'It is not about security any more',
  })),
  deedCommand(titleDeclared, tools, ({ words }) => ({
    kind: 'deed',
    deed: { kind: 'set-title', title: words.join(' ') },
    did: 'Called so',
  })),
  targetCommand(tools),
  deedCommand(impactDeclared, tools, ({ words }) => ({
    kind: 'deed',
    deed: { kind: 'set-impact', impact: words },
    did: 'Written down',
  })),
];

const targetCommand = (tools: CommandTools): Command => ({
  ...targetDeclared,
  ...changing,
  async perform(invocation, asking) {
    const { target } = invocation;
    if (target === null) throw new Error('incident target was resolved without a target');
    const { incident } = invocation.params as z.output<typeof targetDeclared.params>;
    const did = `It is about ${targetName(target)} now`;
    await withIncident(incident, invocation, asking, tools, ({ id }) =>
      doDeed(id, { kind: 'set-target', target }, did, asking, tools),
    );
  },
});

function severityOf(
  { words, reason }: z.output<typeof severityDeclared.params>,
  known: CommandTools['severityWords'],
): TypedDeed {
  const said = (words[0] ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
  const figure = Number(said.replace(/^sev(?:erity)?/, ''));
  const to = severities.find((one) => one === figure) ?? known.get(said);
  if (to === undefined) return { kind: 'form', name: 'set-severity' };
  const deed = { kind: 'set-severity', to, reason: reason ?? null } as const;
  return { kind: 'deed', deed, did: `It is SEV${to}` };
}

/** The form asks for everything but what was typed; at once only where all of it was. */
function resolved({ words, now, cause }: z.output<typeof resolveDeclared.params>): TypedDeed {
  const fix = words.join(' ');
  if (!now || fix === '')
    return { kind: 'form', name: 'resolve', ...(fix !== '' && { filled: { fix } }) };
  const resolution = { fix, cause, causeText: null, customerText: null, withoutWatch: null };
  const nothing = { started: null, ended: null, followUps: [] };
  return { kind: 'deed', deed: { kind: 'resolve', resolution, ...nothing }, did: 'Resolved' };
}

function cancelled({ words, of }: z.output<typeof cancelDeclaredIncident.params>): TypedDeed {
  const [reason] = words;
  if (reason === undefined) return { kind: 'form', name: 'cancel' };
  const other = of === undefined ? null : idIn(of);
  return { kind: 'deed', deed: { kind: 'cancel', reason, of: other }, did: 'Cancelled' };
}
