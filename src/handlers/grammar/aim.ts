import { envsOf as envsIn, type Service } from '../../core/catalogue.ts';
import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import type { Command } from '../command.ts';
import { envsEverywhere } from '../runs/everywhere.ts';
import type { Placed } from './arguments.ts';
import type { Item, Parsed } from './parse.ts';
import type { Setting } from './setting.ts';
import { near, replaced, word } from './suggest.ts';
import { withoutEnv } from './without-env.ts';

/** What a command is aimed at, and whether the environment was taken without having been named. */
export interface Aimed {
  target: Target;
  implied: boolean;
}

/** What was typed about the target: the word, the `--env` flag, and the whole for suggestions. */
export interface Typed {
  command: Command;
  placed: Placed;
  env: string | null;
  parsed: Parsed;
}

/** Finds `service[@env]`, by name or alias. Without an environment: {@link impliedEnv}. */
export function aim(typed: Typed, setting: Setting): Result<Aimed, Refusal> {
  const [name = '', ...rest] = typed.placed.text.toLowerCase().split('@');
  const named = rest.length > 0 ? rest.join('@') : null;
  const flagged = typed.env?.toLowerCase() ?? null;
  if (named !== null && flagged !== null && named !== flagged) {
    return err({ kind: 'two-envs', one: named, other: flagged });
  }
  const env = named ?? flagged;
  if (name === everyService) return aimAtAll(env, typed, setting);
  const service = setting.catalogue.services.find(
    (one) => one.name === name || one.aliases.includes(name),
  );
  if (!service) return err(unknownService(name, env, typed, setting));
  if (env === null) return impliedEnv(service, typed, setting);
  if (service.environments.some((one) => one.name === env)) {
    return ok({ target: { service: service.name, env }, implied: false });
  }
  return err(unknownEnv(service, env, typed, setting));
}

/** Every service of an environment, which always has to be named. */
function aimAtAll(env: string | null, typed: Typed, setting: Setting): Result<Aimed, Refusal> {
  const { command } = typed;
  if (!command.everywhere) return err({ kind: 'not-everywhere', command: command.name });
  const known = envsEverywhere(command, setting);
  if (env !== null && envsIn(setting.catalogue).includes(env)) {
    return ok({ target: { service: everyService, env }, implied: false });
  }
  const names = env === null ? known : nearest(env, known);
  const targets = names.map((one) => ({ service: everyService, env: one }));
  const found = suggestTargets(targets, typed);
  return env === null
    ? err({ kind: 'missing-env', command: command.name, service: everyService, near: found })
    : err({ kind: 'unknown-env', service: everyService, word: env, near: found, known });
}

/**
 * The default environment when the service has it, else its only one. A change is never done to an
 * environment of production that was not named, nor to one that is merely the only one.
 */
function impliedEnv(service: Service, typed: Typed, setting: Setting): Result<Aimed, Refusal> {
  const { environments } = service;
  const usual = environments.find(({ name }) => name === setting.catalogue.defaultEnv);
  const [only, ...others] = environments;
  const taken = usual ?? (others.length === 0 && !typed.command.changes ? only : undefined);
  if (taken && !(typed.command.changes && taken.production)) {
    return ok({ target: { service: service.name, env: taken.name }, implied: true });
  }
  const targets = envsOf(service, typed.command, setting).map((env) => ({
    service: service.name,
    env,
  }));
  return err({
    kind: 'missing-env',
    command: typed.command.name,
    service: service.name,
    near: suggestTargets(targets, typed),
  });
}

const envsOf = (service: Service, command: Command, { rights }: Setting): string[] =>
  rights
    .reach(command)
    .filter((target) => target.service === service.name)
    .map(({ env }) => env);

function unknownService(name: string, env: string | null, typed: Typed, setting: Setting): Refusal {
  const reach = setting.rights.reach(typed.command);
  const known = setting.catalogue.services.filter((one) =>
    reach.some(({ service }) => service === one.name),
  );
  const names = nearest(
    name,
    known.flatMap((one) => [one.name, ...one.aliases]),
  );
  const corrections = names.map((text) => (env === null ? text : `${text}@${env}`));
  return {
    kind: 'unknown-service',
    word: name,
    near: suggest(corrections, typed),
    known: known.map((one) => one.name),
  };
}

function unknownEnv(service: Service, env: string, typed: Typed, setting: Setting): Refusal {
  const known = envsOf(service, typed.command, setting);
  const targets = nearest(env, known).map((name) => ({ service: service.name, env: name }));
  return {
    kind: 'unknown-env',
    service: service.name,
    word: env,
    near: suggestTargets(targets, typed),
    known,
  };
}

const suggestTargets = (targets: readonly Target[], typed: Typed) =>
  suggest(targets.map(targetName), typed);

function suggest(words: readonly string[], { command, placed, parsed }: Typed) {
  const items = withoutEnv(parsed.items);
  const index = items.indexOf(parsed.items[placed.index] as Item);
  return near(
    words.map((text) => ({ word: text, items: replaced(items, index, word(text)) })),
    parsed,
    () => command,
  );
}
