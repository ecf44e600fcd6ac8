import { TargetError } from '../../core/errors.ts';
import {
  type ActionRisk,
  type Draft,
  type Plan,
  type PlanFact,
  type Revert,
  type Step,
  stepsOn,
} from '../../core/plan.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import { canonicalJson } from './canonical-json.ts';

/** What one service contributes to the plan for all; null where there is nothing to do. */
export interface MemberDraft {
  service: string;
  seen: Draft | null;
}

/** The plan for one target, as its action made it, with its name before all that is its own. */
export function joinDrafts(target: Target, name: string, members: readonly MemberDraft[]): Draft {
  const parts = members.flatMap(({ service, seen: draft }) =>
    draft && draft.steps.length > 0 ? [{ service, draft }] : [],
  );
  const idle = members.filter(({ service }) => !parts.some((part) => part.service === service));
  const revert = commonRevert(parts);
  return {
    summary: summaryOf(target, name, parts),
    facts: [
      material('services', parts),
      ...(idle.length > 0 ? [material('nothing to do on', idle)] : []),
      ...factsOf(parts),
    ],
    steps: stepsOf(target, parts),
    risk: highest(parts.map(({ draft }) => draft.risk)),
    riskReasons: sayOnce(target, parts, ({ riskReasons }) => riskReasons),
    undo: {
      possible: parts.length > 0 && parts.every(({ draft }) => draft.undo.possible),
      how: sayOnce(target, parts, ({ undo }) => [undo.how]).join(' '),
    },
    ...(revert && { revert }),
  };
}

interface Part {
  service: string;
  draft: Draft;
}

const material = (name: string, members: readonly { service: string }[]): PlanFact => ({
  name,
  value: members.map(({ service }) => service).join(', ') || 'none',
  material: true,
});

/** Each with the name of its service; what is the same on all of them stands once. */
function factsOf(parts: readonly Part[]): PlanFact[] {
  const isShared = (fact: PlanFact) =>
    parts.length > 1 && parts.every(({ draft }) => draft.facts.some((one) => isSame(one, fact)));
  return parts.flatMap(({ service, draft }, index) =>
    draft.facts
      .filter((fact) => index === 0 || !isShared(fact))
      .map((fact) => ({ ...fact, name: `${isShared(fact) ? shared : service}: ${fact.name}` })),
  );
}

/** No service is called so: there is a blank in it. */
const shared = 'every service';

const isSame = (one: PlanFact, other: PlanFact): boolean =>
  canonicalJson({ ...one }) === canonicalJson({ ...other });

/** What is about no single service is done with the first that wants it. */
function stepsOf(target: Target, parts: readonly Part[]): Step[] {
  const done = new Set<string>();
  const isNew = ({ id, once }: Step) => !once || (!done.has(id) && done.add(id));
  return parts.flatMap(({ service, draft }) =>
    draft.steps.filter(isNew).map((step) => ({
      ...step,
      id: `${stepsOn(service)}${step.id}`,
      does: `${prefixOf({ ...target, service }, step)}${step.does}`,
    })),
  );
}

/** What says on which service a step is done, where it does not say so itself. */
const prefixOf = (target: Target, { does }: Step): string =>
  does.includes(targetName(target)) ? '' : `${target.service}: `;

/** The plan of one service in the plan for all: what its action planned for it. */
export function planOfMember(plan: Plan, service: string): Plan {
  const target = { service, env: plan.target.env };
  return {
    ...plan,
    target,
    facts: plan.facts.flatMap((fact) => {
      const prefix = [`${service}: `, `${shared}: `].find((text) => fact.name.startsWith(text));
      return prefix === undefined ? [] : [{ ...fact, name: fact.name.slice(prefix.length) }];
    }),
    steps: plan.steps
      .filter(({ id }) => memberOf(id) === service)
      .map((step) => ({
        ...step,
        id: step.id.slice(stepsOn(service).length),
        does: step.does.slice(prefixOf(target, step).length),
      })),
  };
}

/** The service that a step of a plan for all belongs to: its name has no colon. */
export const memberOf = (stepId: string): string => stepId.slice(0, stepId.indexOf(':'));

/** The services that a plan for all does something to, in its order. */
export const membersOf = (plan: Pick<Plan, 'steps'>): string[] => [
  ...new Set(plan.steps.map(({ id }) => memberOf(id))),
];

/** A plan, and those for single services that it consists of. */
export const plansIn = (plan: Plan): Plan[] =>
  plan.target.service === everyService
    ? [plan, ...membersOf(plan).map((service) => planOfMember(plan, service))]
    : [plan];

const order: readonly ActionRisk[] = ['low', 'high', 'destructive'];

const highest = (risks: readonly ActionRisk[]): ActionRisk =>
  risks.reduce<ActionRisk>((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 'low');

/** What is said of all of them, once and of all; what is said only of some, with their names. */
function sayOnce(
  target: Target,
  parts: readonly Part[],
  textsOf: (draft: Draft) => readonly string[],
): string[] {
  const about = new Map<string, string[]>();
  for (const { service, draft } of parts) {
    for (const text of new Set(textsOf(draft))) {
      about.set(text, [...(about.get(text) ?? []), service]);
    }
  }
  const said = [...about].map(([text, services]) => ({
    ofAll: services.reduce((now, service) => ofAllIn(target, service, now), text),
    text: services.length === parts.length ? text : `${services.join(', ')}: ${text}`,
    services,
  }));
  const countOf = (wanted: string) =>
    said.reduce((sum, { ofAll, services }) => sum + (ofAll === wanted ? services.length : 0), 0);
  const lines = said.map(({ ofAll, text }) => (countOf(ofAll) === parts.length ? ofAll : text));
  return [...new Set(lines)];
}

/** A text about one target as it would be about all of them. */
const ofAllIn = (target: Target, service: string, text: string): string =>
  text.replaceAll(targetName({ ...target, service }), targetName(target));

/** What the actions say of each, with the name for all in place of the target's own. */
function summaryOf(target: Target, name: string, parts: readonly Part[]): string {
  const all = targetName(target);
  const texts = parts.map(({ service, draft }) => ofAllIn(target, service, draft.summary));
  const [first] = texts;
  if (first?.includes(all) && texts.every((text) => text === first)) return first;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} on ${all}`;
}

/**
 * What ends all of it by itself: a run on each service that was begun with. People approve it once, so it has
 * to be the same everywhere.
 *
 * @throws {TargetError} otherwise.
 */
function commonRevert(parts: readonly Part[]): Revert | null {
  const reverts = parts.map(({ draft }) => draft.revert ?? null);
  const [first = null] = reverts;
  if (reverts.some((one) => canonicalJson({ ...one }) !== canonicalJson({ ...first }))) {
    throw impossible('It would not end in the same way on all services');
  }
  return first;
}

const impossible = (why: string): TargetError =>
  new TargetError(`${why}: do it one service at a time`, { retryable: false, happened: false });
