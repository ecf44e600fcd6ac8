import type { Problem } from './refusal.ts';
import { isObject, problem, type Rule } from './rule.ts';
import { string } from './scalars.ts';

type Fields = Readonly<Record<string, Rule>>;

/** An object with these keys and no others. Keys that hold `undefined` count as missing. */
export const shape =
  (required: Fields, optional: Fields = {}): Rule =>
  (value, at) => {
    if (!isObject(value)) return problem('must provide an object', at);
    const fields = { ...optional, ...required };
    return [...missing(required, value, at), ...unknown(fields, value, at)].concat(
      Object.keys(fields).flatMap((key) =>
        value[key] === undefined ? [] : (fields[key] as Rule)(value[key], `${at}/${key}`),
      ),
    );
  };

const missing = (required: Fields, value: Record<string, unknown>, at: string): Problem[] =>
  Object.keys(required)
    .filter((key) => !Object.hasOwn(value, key) || value[key] === undefined)
    .flatMap((key) => problem(`missing required field: ${key}`, at));

const unknown = (fields: Fields, value: Record<string, unknown>, at: string): Problem[] =>
  Object.keys(value)
    .filter((key) => value[key] !== undefined && !Object.hasOwn(fields, key))
    .flatMap((key) => problem(`invalid additional property: ${key}`, at));

const anything: Rule = () => [];

/** An object that {@link byType} told apart: its `type` is already known to be right. */
export const typed = (required: Fields, optional: Fields = {}): Rule =>
  shape(required, { ...optional, type: anything });

/** A block: typed, with an optional `block_id` of at most 255 characters. */
export const block = (required: Fields, optional: Fields = {}): Rule =>
  typed(required, { ...optional, block_id: string({ max: 255 }) });

/** One of several objects, told apart by `type`. */
export const byType =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, at) => {
    if (!isObject(value)) return problem('must provide an object', at);
    const { type } = value;
    if (type === undefined) return problem('missing required field: type', at);
    if (typeof type !== 'string') return problem('must provide a string', `${at}/type`);
    if (!Object.hasOwn(rules, type)) return problem(`unsupported type: ${type}`, `${at}/type`);
    return (rules[type] as Rule)(value, at);
  };

/** Where several schemas may match, Slack says first that none did, then what is wrong. */
export const anyOf =
  (rule: Rule): Rule =>
  (value, at) => {
    const problems = rule(value, at);
    if (problems.length === 0) return [];
    return [...problem('failed to match all allowed schemas', at), ...problems];
  };
