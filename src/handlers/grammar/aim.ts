import type { Service } from '../../core/catalogue.ts';
import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { type Target, targetName } from '../../core/target.ts';
import type { Command } from '../command.ts';
import type { Placed } from './arguments.ts';
import type { Parsed } from './parse.ts';
import type { Setting } from './setting.ts';
import { near, replaced, word } from './suggest.ts';

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
  const service = setting.catalogue.services.find(
    (one) => one.name === name || one.aliases.includes(name),
  );
  if (!service) return err(unknownService(name, named, typed, setting));
  const flagged = typed.env?.toLowerCase() ?? null;
  if (named !== null && flagged !== null && named !== flagged) {
    return err({ kind: 'two-envs', one: named, other: flagged });
  }
  const env = named ?? flagged;
  if (env === null) return impliedEnv(service, typed, setting);
  if (service.environments.some((one) => one.name === env)) {
    return ok({ target: { service: service.name, env }, implied: false });
  }
  return err(unknownEnv(service, env, typed, setting));
}

/**
 * The default environment when the service has it, else its only one, but only for reading: a change
 * is done to the default environment or to one that was named, and the default is never production.
 */
function impliedEnv(service: Service, typed: Typed, setting: Setting): Result<Aimed, Refusal> {
  const names = service.environments.map(({ name }) => name);
  const { defaultEnv } = setting.catalogue;
  const usual = names.find((name) => name === defaultEnv);
  const only = names.length === 1 && !typed.command.changes ? names[0] : undefined;
  const env = usual ?? only;
  if (env !== undefined) return ok({ target: { service: service.name, env }, implied: true });
  const reachable = envsOf(service, typed.command, setting);
  return err({
    kind: 'missing-env',
    command: typed.command.name,
    service: service.name,
    near: suggestTargets(
      reachable.map((name) => ({ service: service.name, env: name })),
      typed,
    ),
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

const suggest = (words: readonly string[], { command, placed, parsed }: Typed) =>
  near(
    words.map((text) => ({ word: text, items: replaced(parsed.items, placed.index, word(text)) })),
    parsed,
    () => !command.changes,
  );
