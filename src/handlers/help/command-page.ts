import { targetsOf } from '../../core/catalogue.ts';
import { dependedOn, dependenciesOf } from '../../core/dependencies.ts';
import type { Next } from '../../core/report.ts';
import { everyService, targetName } from '../../core/target.ts';
import type { CommandPage } from '../../views/help.ts';
import type { Command, Declared } from '../command.ts';
import type { Setting } from '../grammar/setting.ts';
import { type Flag, operandsOf, shapeOf } from '../grammar/shape.ts';
import { asksForRun, canPress } from '../usable.ts';
import { ruleName } from './where-by.ts';

/** Everything about one command, for one person. */
export function pageOf(command: Command, setting: Setting): CommandPage {
  const shape = shapeOf(command.params);
  const { flags, words, about } = shape;
  const operands = operandsOf(command, shape);
  const pieceOf = ({ name, about, required }: Flag) => ({ name, about, required });
  const fact = (name: string, value: string | null) => (value ? [{ name, value }] : []);
  return {
    name: command.name,
    summary: command.summary,
    usage: usageOf(command),
    words: words === 'none' || about === '' ? null : about,
    example: command.examples[0] ?? command.name,
    operands: operands.map(pieceOf),
    flags: flags.filter((flag) => !operands.includes(flag)).map(pieceOf),
    facts: [
      ...fact('also', command.aliases.join(', ')),
      ...fact('risk', riskOf(command)),
      ...fact('runbook', command.runbook),
      ...fact('dependencies', dependenciesFor(command, setting).map(nameOf).join(', ')),
      ...fact('only in', limitOf(command, setting)),
      ...fact('allowed by', rulesFor(command, setting)),
    ],
    next: buttonsOf(command, setting),
  };
}

/** How grave it is; nothing of what changes something and is up to other rules than the risk, such as a vote. */
const riskOf = ({ changes, risk }: Command): string | null =>
  changes && risk === 'read' ? null : risk;

/** How a command is typed: `block ADDRESS SERVICE@ENV [--for VALUE]`. */
export function usageOf(command: Declared): string {
  const shape = shapeOf(command.params);
  const { flags, words, needsWords } = shape;
  const operands = operandsOf(command, shape);
  const target = { none: [], optional: ['[SERVICE[@ENV]]'], one: [targetOf(command)] }[command.aim];
  const pieces = flags
    .filter((flag) => !operands.includes(flag))
    .map(({ name, kind, required }) => {
      const piece = kind === 'switch' ? `--${name}` : `--${name} VALUE`;
      return required ? piece : `[${piece}]`;
    });
  const free = words === 'none' ? [] : [needsWords ? 'WORDS' : '[WORDS]'];
  const typed = ({ name, required }: Flag) =>
    required ? name.toUpperCase() : `[${name.toUpperCase()}]`;
  const isAfter = ({ key }: Flag) => key === command.dependency;
  const before = operands.filter((operand) => !isAfter(operand)).map(typed);
  const after = operands.filter(isAfter).map(typed);
  return [command.name, ...before, ...target, ...after, ...free, ...pieces].join(' ');
}

/** What the person may do it to of what targets depend on: they need the right on whatever else depends on it too. */
function dependenciesFor(command: Command, { catalogue, rights }: Setting): Restartable[] {
  if (command.dependency === undefined) return [];
  return rights.reach(command).flatMap((target) =>
    dependenciesOf(catalogue, target).flatMap(({ name, whyNot }) => {
      const { dependents = [] } = dependedOn(catalogue, target, name) ?? {};
      const may = dependents.every((one) => rights.may(command, one.target).ok);
      return may && whyNot === null ? [{ name, target: targetName(target) }] : [];
    }),
  );
}

interface Restartable {
  name: string;
  target: string;
}

const nameOf = ({ name, target }: Restartable): string => `${name} of ${target}`;

const targetOf = ({ everywhere }: Declared): string =>
  everywhere ? `SERVICE@ENV|${everyService}@ENV` : 'SERVICE[@ENV]';

/**
 * The examples that work here, and the command on what the person may use it on. For one that changes
 * something these only show the plan; one more opens its form.
 */
function buttonsOf(command: Command, setting: Setting): Next[] {
  const aimed = command.aim === 'none' ? [] : setting.rights.reach(command);
  const plan = asksForRun(command) ? 'plan ' : '';
  const texts = [
    ...(asksForRun(command) ? [] : command.examples),
    ...aimed.map((target) => `${plan}${command.name} ${targetName(target)}`),
    ...dependenciesFor(command, setting).map(
      ({ name, target }) => `${plan}${command.name} ${target} ${name}`,
    ),
  ];
  const form = command.ask && aimed.length > 0;
  return [
    ...(form ? [{ label: `${command.name} …`, command: command.name }] : []),
    ...[...new Set(texts)]
      .map((text) => ({ label: text, command: text }))
      .filter((next) => canPress(next, setting) && isAboutUsable(next, setting)),
  ].slice(0, 10);
}

/** Not the help of a command that the person may not use. */
function isAboutUsable({ command }: Next, { registry, rights }: Setting): boolean {
  const [verb, ...about] = command.split(' ');
  const found = verb === 'help' ? registry.find(about) : null;
  return found === null || rights.never(found.command) === null;
}

/** Where the person may use the command: environments, or targets of one; null when it is everywhere. */
export function limitOf(command: Command, { catalogue, rights }: Setting): string | null {
  if (command.aim === 'none') return null;
  const all = targetsOf(catalogue);
  const mine = rights.reach(command).map(targetName);
  if (mine.length === all.length) return null;
  return [...Map.groupBy(all, ({ env }) => env)]
    .flatMap(([env, there]) => {
      const names = there.map(targetName).filter((name) => mine.includes(name));
      return names.length === there.length ? [env] : names;
    })
    .join(', ');
}

/** The rules of the grants by which the person may use the command, and the roles: `rule 2 for oncall`. */
export function rulesFor(command: Command, { catalogue, rights }: Setting): string {
  const targets = command.aim === 'none' ? [null] : targetsOf(catalogue);
  const rules = (targets.length === 0 ? [null] : targets).flatMap((target) => {
    const grant = rights.may(command, target);
    return grant.ok ? [ruleName(grant.value)] : [];
  });
  return [...new Set(rules)].join(', ');
}
