import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { err, ok, type Result } from '../core/result.ts';
import { Secret } from '../core/secret.ts';

/** Where references are looked up: the environment, and the folder that relative paths start from. */
export interface ReferenceScope {
  env: Readonly<Record<string, string | undefined>>;
  folder: string;
}

/** Whether a string of the file stands for a secret kept elsewhere: `env:NAME` or `file:PATH`. */
export const isReference = (text: string): boolean => /^(env|file):./.test(text);

/** The secret that a reference names, without the line break at the end of a file. */
export function resolveReference(text: string, scope: ReferenceScope): Result<Secret, string> {
  const name = text.slice(text.indexOf(':') + 1);
  if (text.startsWith('env:')) {
    const value = scope.env[name];
    return value ? ok(new Secret(value)) : err(`the environment variable ${name} is not set`);
  }
  try {
    const path = isAbsolute(name) ? name : resolve(scope.folder, name);
    return ok(new Secret(readFileSync(path, 'utf8').replace(/\r?\n$/, '')));
  } catch (error) {
    return err(`the file ${name} cannot be read (${messageOf(error)})`);
  }
}
