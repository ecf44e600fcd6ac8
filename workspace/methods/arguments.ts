import type { Args } from '../http/read-arguments.ts';
import { ApiError } from './method.ts';

/** An argument as text; empty when it is missing. */
export function textOf(args: Args, name: string): string {
  const value = args[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** An argument that must be there. */
export function required(args: Args, name: string): string {
  const value = textOf(args, name);
  if (value !== '') return value;
  throw invalidArguments(`missing required field: ${name}`);
}

/** `true`, `1` and their like. */
export const flag = (args: Args, name: string): boolean =>
  ['true', '1'].includes(textOf(args, name));

/** An argument that is JSON, given as text in a form or as itself; undefined when it is missing. */
export function jsonOf(args: Args, name: string, error = 'invalid_arguments'): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value.trim() === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(error);
  }
}

/** Names separated by commas, or an array of them. */
export function listOf(args: Args, name: string): string[] {
  const value = args[name];
  const items = Array.isArray(value) ? value.map(String) : textOf(args, name).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** What Slack says about an argument that is wrong. */
export const invalidArguments = (message: string): ApiError =>
  new ApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] ${message}`] },
  });
