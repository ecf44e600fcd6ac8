import type { Command } from '../../command.ts';
import { type CommandTools, deedCommand } from '../incident-command.ts';
import {
  cadenceDeclared,
  noteDeclared,
  snoozeDeclared,
  updateDeclared,
} from '../incident-declared.ts';

/** What everybody is told, and when. */
export const updateCommands = (tools: CommandTools): Command[] => [
  deedCommand(updateDeclared, tools, (given) => {
    const known = given.words.join(' ') || null;
    const doing = given.doing ?? null;
    if (known === null && doing === null) return { kind: 'form', name: 'update' };
    const rest = { need: null, state: null, reason: given.reason ?? null, stakeholders: null };
    const deed = { kind: 'update', known, doing, nextIn: given.next ?? null, ...rest } as const;
    return { kind: 'deed', deed, did: 'Posted' };
  }),
  deedCommand(cadenceDeclared, tools, (given) => ({
    kind: 'deed',
    deed: { kind: 'set-cadence', ms: given.words[0] ?? 0, reason: given.reason ?? null },
    did: 'The pace of updates is set',
  })),
  deedCommand(snoozeDeclared, tools, ({ words }) => ({
    kind: 'deed',
    deed: { kind: 'snooze', ms: words[0] ?? 15 * 60_000 },
    did: 'Reminders are put off',
  })),
  deedCommand(noteDeclared, tools, ({ words }, _incident, { person, origin }) => {
    const at = tools.now();
    const text = words.join(' ');
    const key = `command:${origin ?? `${person.id}:${at}`}`;
    const note = {
      key,
      author: person.id,
      text,
      at,
      permalink: null,
      files: [],
      how: 'command',
    } as const;
    return { kind: 'deed', deed: { kind: 'add-note', note }, did: 'It is on the timeline' };
  }),
];
