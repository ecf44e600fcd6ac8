import type { z } from 'zod';
import type { IncidentRefusal } from '../../../core/incident-refusal.ts';
import { declaredMessage } from '../../../views/incidents/incident-answer.ts';
import { duplicateMessage } from '../../../views/incidents/incident-duplicate.ts';
import { formFailedMessage } from '../../../views/instead.ts';
import type { Asking, Command } from '../../command.ts';
import { refuseIncident } from '../do-deed.ts';
import { type CommandTools, changing } from '../incident-command.ts';
import { declarerIn, openDeclareForm } from '../incident-declare.ts';
import { startDeclared } from '../incident-declared.ts';
import { readDeclaration } from '../read-declaration.ts';

/** Declares an incident: at once from what was typed, or with a form where nothing was. */
export const startCommand = (tools: CommandTools): Command => ({
  ...startDeclared,
  ...changing,
  async ask({ words }, _wrong, asking) {
    const { catalogue } = asking.setting;
    const { target } = readDeclaration(words, catalogue, tools.severityWords);
    await openDeclareForm({ target }, asking, tools);
  },
  async perform({ params, typed = '' }, asking) {
    const given = params as z.output<typeof startDeclared.params>;
    const { catalogue } = asking.setting;
    const { severity, target, title } = readDeclaration(
      given.words,
      catalogue,
      tools.severityWords,
    );
    if (given.words.length === 0 || (title === '' && target === null)) {
      const filled = severity === null ? {} : { filled: { severity: String(severity) } };
      return openDeclareForm({ target, ...filled }, asking, tools).catch(() =>
        asking.show(formFailedMessage, { typed: 'incident start sev1 WHAT IS WRONG' }),
      );
    }
    const { place, origin } = asking;
    const declared = await tools.life.declare({
      title: title || `${target?.service} is in trouble`,
      severity,
      security: given.security,
      target,
      impact: [],
      seen: null,
      page: !given.quiet,
      by: declarerIn(asking),
      another: given.another,
      askedIn: place?.channel ?? null,
      origin,
    });
    if (!declared.ok) return refuseDeclaration(declared.error, typed, asking);
    await asking.show(declaredMessage, declared.value);
  },
});

/** Says why nothing was declared; where it was declared already, with what declares another one all the same. */
function refuseDeclaration(
  refusal: IncidentRefusal,
  typed: string,
  asking: Pick<Asking, 'show'>,
): Promise<void> {
  if (refusal.kind !== 'duplicate') return refuseIncident(refusal, asking);
  const anyway = typed === '' ? null : `${typed} --another`;
  return asking.show(duplicateMessage, { refusal, anyway });
}
