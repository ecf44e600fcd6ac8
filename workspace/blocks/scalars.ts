import { problem, type Rule } from './rule.ts';

/** Text of `min` to `max` characters, as JavaScript counts them. */
export const string =
  ({ min = 0, max = Number.POSITIVE_INFINITY } = {}): Rule =>
  (value, at) => {
    if (typeof value !== 'string') return problem('must provide a string', at);
    if (value.length < min) return problem(`must be more than ${min - 1} characters`, at);
    if (value.length > max) return problem(`must be less than ${max + 1} characters`, at);
    return [];
  };

/** A whole number from `min` to `max`. */
export const integer =
  ({ min = 0, max = Number.MAX_SAFE_INTEGER } = {}): Rule =>
  (value, at) => {
    if (!Number.isInteger(value)) return problem('must provide an integer', at);
    if ((value as number) < min) return problem(`must be more than ${min - 1}`, at);
    if ((value as number) > max) return problem(`must be less than ${max + 1}`, at);
    return [];
  };

/** Any number. */
export const number: Rule = (value, at) =>
  typeof value === 'number' ? [] : problem('must provide a number', at);

/** True or false. */
export const flag: Rule = (value, at) =>
  typeof value === 'boolean' ? [] : problem('must provide a boolean', at);

/** One of these. */
export const oneOf =
  (...allowed: readonly (string | number)[]): Rule =>
  (value, at) =>
    allowed.includes(value as string) ? [] : problem('must be a valid enum value', at);

/** Text that matches, else `message`. */
export const pattern =
  (expression: RegExp, message: string): Rule =>
  (value, at) => {
    if (typeof value !== 'string') return problem('must provide a string', at);
    return expression.test(value) ? [] : problem(message, at);
  };

/** An address of at most 3,000 characters with one of these schemes. */
const address =
  (...schemes: string[]): Rule =>
  (value, at) => {
    const long = string({ min: 1, max: 3000 })(value, at);
    if (long.length > 0) return long;
    const parsed = URL.parse(value as string);
    return parsed && schemes.includes(parsed.protocol) ? [] : problem('invalid url', at);
  };

/** What a click may open: the web, mail, or a place inside Slack. */
export const link = address('https:', 'http:', 'mailto:', 'slack:');

/** What Slack would fetch and show. */
export const webAddress = address('https:', 'http:');
