import { z } from 'zod';
import { isProduction } from '../../core/catalogue.ts';
import type { Json } from '../../core/json.ts';
import { targetName } from '../../core/target.ts';
import { windowFor } from '../../permissions/window.ts';
import type { RunRequest } from '../../runs/runner.ts';
import { plannedMessage } from '../../views/runs/plan.ts';
import { askedMessage } from '../../views/runs/run-answer.ts';
import { runRefusalMessage, runRefusalSentence } from '../../views/runs/run-refusal.ts';
import type { Asking, Command, Invocation } from '../command.ts';
import type { Given } from '../given.ts';
import { isOpenTo } from '../incidents/may-see-incident.ts';
import { idIn } from '../incidents/meant-incident.ts';
import { missingEvidence } from '../incidents/missing-evidence.ts';
import { readOrSay } from '../read-or-say.ts';
import { typedInFull } from '../typed-in-full.ts';
import { askForRequest } from './ask-for-request.ts';
import type { Requestable } from './requestable.ts';
import type { RunTools } from './run-tools.ts';

/** What every action takes besides its own parameters. */
const common = {
  reason: z.string().max(3_000).optional().describe('Why it is needed, for those who approve it'),
  dryRun: z.boolean().default(false).describe('Only shows the plan: nothing is done or asked for'),
  incident: z
    .string()
    .max(20)
    .optional()
    .describe(
      'The incident that it is part of, such as INC-42; that of the channel when it is not said',
    ),
  breakGlass: z
    .boolean()
    .optional()
    .describe('Without the approvals of others, where you are on call and the policy allows it'),
};

const commonParams = z.looseObject({
  reason: z.string().default(''),
  dryRun: z.boolean(),
  breakGlass: z.boolean().default(false),
  incident: z.string().optional(),
});

/** What an action declares as a command. */
export const declaredBy = ({ baseRisk, params, ...action }: Requestable) => ({
  name: action.name,
  summary: action.summary,
  examples: action.examples,
  aliases: action.aliases,
  runbook: action.runbook,
  risk: baseRisk,
  aim: 'one' as const,
  operands: action.operands ?? [],
  everywhere: action.everywhere ?? false,
  ...(action.dependency !== undefined && { dependency: action.dependency }),
  params: withCommon(action.name, params),
});

/** An action as a command: it is asked for, never done at once. With `--dry-run` only its plan is made. */
export const actionCommand = (action: Requestable, tools: RunTools): Command => ({
  ...declaredBy(action),
  group: 'Change',
  changes: true,
  ask: (given, wrong, asking) => askForRequest(action, given, wrong, asking),
  async perform(invocation, asking) {
    const [filter] = invocation.filters;
    const command = action.name;
    if (filter) {
      return asking.refuse({ kind: 'too-many-words', command, word: `| ${filter.kind}` });
    }
    const { dryRun, breakGlass, incident, ...wanted } = commonParams.parse(invocation.params);
    const asked = requestOf(invocation, wanted, asking);
    const part = await incidentFor(incident, asking, tools);
    const request = {
      ...asked,
      ...(breakGlass && { breakGlass }),
      ...(part !== null && { incident: part }),
    };
    await (dryRun
      ? preview(request, invocation.command, asking, tools)
      : begin(request, asking, tools, action));
  },
});

/** The incident that was named, or that of the channel while anything can still be done in it and they may read it. */
async function incidentFor(
  named: string | undefined,
  { place, person }: Pick<Asking, 'place' | 'person'>,
  { incidents }: Pick<RunTools, 'incidents'>,
): Promise<string | null> {
  if (named !== undefined) return idIn(named) ?? named;
  if (!incidents || place === null) return null;
  const here = await readOrSay(() => incidents.inChannel(place.channel));
  if (!here || !isOpenTo(here, person)) return null;
  return here.state !== 'closed' && here.state !== 'cancelled' ? here.id : null;
}

/** @throws when the action's parameters are no object: then there is nothing to type them as. */
function withCommon(name: string, params: z.ZodType): z.ZodType {
  if (params instanceof z.ZodObject) return params.safeExtend(common);
  throw new Error(`the parameters of ${name} must be an object`);
}

function requestOf(
  { command, target }: Invocation,
  { reason, ...params }: { reason: string },
  { person, place, origin }: Asking,
): RunRequest {
  if (target === null) throw new Error(`${command.name} was resolved without a target`);
  const askedIn = place?.channel ?? null;
  const request = { action: command.name, target, params: plain(params), reason, by: person };
  return { ...request, askedIn, ...(origin !== null && { origin }) };
}

/** Without what was left out: that cannot be stored. */
const plain = (params: object): Json => JSON.parse(JSON.stringify(params)) as Json;

async function preview(
  request: RunRequest,
  command: Command,
  asking: Asking,
  { runner, approvalPolicy }: RunTools,
): Promise<void> {
  const plan = await runner.preview(request);
  const typed = typedInFull(command, givenBy(request));
  const production = isProduction(asking.catalogue, request.target);
  const found = windowFor(approvalPolicy, request, production);
  const hours = found?.window.hours.map(({ written }) => written) ?? [];
  await (plan.ok
    ? asking.show(plannedMessage, { plan: plan.value, typed, hours })
    : asking.show(runRefusalMessage, plan.error));
}

async function begin(
  request: RunRequest,
  asking: Asking,
  { runner, approvals, incidents }: RunTools,
  action: Requestable,
): Promise<void> {
  const run = await runner.request(request);
  if (run.ok) {
    const stands = run.value.approval?.breakGlass ? null : approvals; // nobody else sees it yet
    const unkept = await missingEvidence(run.value, incidents);
    return asking.show(askedMessage, { run: run.value, approvals: stands, unkept });
  }
  const refuse = () => asking.show(runRefusalMessage, run.error);
  if (run.error.kind !== 'reason-too-short' || request.breakGlass) return refuse();
  try {
    const fields = new Map([['reason', runRefusalSentence(run.error)]]);
    await askForRequest(action, givenBy(request), { whole: null, fields }, asking);
  } catch {
    await refuse(); // more than three seconds have gone by
  }
}

/** A request as it would be typed, to fill a form with it. */
function givenBy({ target, params, reason, incident }: RunRequest): Given {
  const values = Object.entries(params as Record<string, Json>);
  const { words, ...flags } = Object.fromEntries(values);
  return {
    target: targetName(target),
    flags: new Map([
      ['reason', reason],
      ...(incident === undefined ? [] : [['incident', incident] as [string, string]]),
      ...Object.entries(flags).map(([key, value]): [string, string] => [
        key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        value === true ? 'yes' : value === false ? 'no' : String(value),
      ]),
    ]),
    words: Array.isArray(words) ? words.map(String) : words === undefined ? [] : [String(words)],
  };
}
