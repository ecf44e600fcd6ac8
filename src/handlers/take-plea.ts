import { messageOf } from '../core/errors.ts';
import type { NotAllowed, Refusal } from '../core/refusal.ts';
import { formFaultMessage } from '../views/fault.ts';
import { type PleaAnswer, pleaAnswerMessage, pleaMessage } from '../views/plea.ts';
import type { Asking } from './command.ts';
import type { Asked } from './desk.ts';
import type { DeskTools } from './desk-tools.ts';
import { givenIn } from './given.ts';
import { type Parsed, parse } from './grammar/parse.ts';
import { resolve } from './grammar/resolve.ts';
import { leading } from './grammar/verb.ts';
import { write } from './grammar/write.ts';
import { redactAll } from './redact-all.ts';

type Asks = Omit<Asking, 'catalogue'>;

/** A button about something that somebody wants done; nothing of what it carried is checked. */
export interface PleaAsked {
  deed: 'ask' | 'take';
  command: string;
}

/** What was pressed; null when it is something else. */
export function pleaIn(asked: Asked): PleaAsked | null {
  if (asked.kind !== 'click') return null;
  const [, deed] = /^plea:(ask|take)$/.exec(asked.action) ?? [];
  return deed === undefined ? null : { deed: deed as PleaAsked['deed'], command: asked.value };
}

/** Passes a wish on, or opens the form for it. Neither does anything: whoever asks does so in a form. */
export async function takePlea(
  { deed, command }: PleaAsked,
  asking: Asks,
  tools: DeskTools,
): Promise<void> {
  const parsed = parse(command);
  const found = parsed.ok ? asking.setting.registry.find(leading(parsed.value.items)) : null;
  if (!parsed.ok || !found?.command.ask) return asking.refuse({ kind: 'unknown-button' });
  const invocation = resolve(parsed.value, asking.setting);
  const refusal = invocation.ok ? null : invocation.error;
  if (refusal && isForbidden(refusal) && (deed === 'take' || refusal.kind !== 'not-allowed')) {
    return asking.refuse(refusal);
  }
  if (deed === 'take') return openForm(parsed.value, asking);
  const text = write(parsed.value);
  const answer: PleaAnswer =
    refusal?.kind === 'not-allowed'
      ? await passOn(
          { command: text, about: aboutOf(parsed.value, asking) },
          refusal,
          asking,
          tools,
        )
      : { kind: 'your-own', command: text };
  await asking.show(pleaAnswerMessage, answer);
}

const isForbidden = ({ kind }: Refusal): boolean =>
  kind === 'not-allowed' || kind === 'not-verified' || kind === 'not-a-member';

/** Tells those who may, once: in the approvals channel, or else each of a few. */
async function passOn(
  { command, about }: { command: string; about: string },
  { roles }: NotAllowed,
  { person: { id } }: Asks,
  tools: DeskTools,
): Promise<PleaAnswer> {
  const { post, pleas, running, redact, log } = tools;
  const channel = running?.approvals ?? null;
  const places = channel === null ? await holdersOf(roles, id, tools) : [channel];
  if (!post || !pleas || places.length === 0) return { kind: 'nobody-there' };
  const wait = pleas.take(id, about);
  if (wait !== null) return { kind: 'lately', wait };
  try {
    const message = pleaMessage(redactAll({ by: id, command, roles }, redact));
    await Promise.all(places.map((to) => post(to, message)));
    return { kind: 'told', channel, people: places.length };
  } catch (error) {
    pleas.forget(id, about);
    log.warn({ person: id, why: messageOf(error) }, 'a wish could not be passed on');
    return { kind: 'not-sent' };
  }
}

/** What is wanted, without the reasons and figures that a person can put into a hundred forms. */
function aboutOf({ items }: Parsed, { setting: { registry, catalogue } }: Asks): string {
  const found = registry.find(leading(items));
  if (!found) return '';
  const { target } = givenIn(found.command, items, found.used, catalogue);
  return `${found.command.name} ${target?.toLowerCase() ?? ''}`;
}

/** Nobody wants a whole department to be written to. */
const mostPeople = 5;

async function holdersOf(
  roles: readonly string[],
  but: string,
  { directory, log }: DeskTools,
): Promise<string[]> {
  try {
    const found = await Promise.all(roles.map((role) => directory.members?.(role) ?? []));
    const people = [...new Set(found.flat())].filter((id) => id !== but);
    return people.slice(0, mostPeople).map((id) => `user:${id}`);
  } catch (error) {
    log.warn({ why: messageOf(error) }, 'it cannot be looked up who could be told of a wish');
    return [];
  }
}

async function openForm({ items, filters }: Parsed, asking: Asks): Promise<void> {
  const { registry, catalogue } = asking.setting;
  const found = registry.find(leading(items));
  try {
    if (!found?.command.ask) throw new Error('there is no form for it');
    const given = givenIn(found.command, items, found.used, catalogue);
    await found.command.ask(given, null, asking);
  } catch {
    await asking.show(formFaultMessage, write({ items, filters }));
  }
}
