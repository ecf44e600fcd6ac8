import { type Document, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../core/errors.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Problem } from './problem.ts';
import { isReference, type ReferenceScope, resolveReference } from './secret-reference.ts';

/** A YAML file that was read: its value, and where in the text each path of it stands. */
export interface YamlFile {
  value: unknown;
  /** Line and column of the path, or of its nearest parent that the file has. */
  locate(path: readonly PropertyKey[]): { line: number; column: number };
}

/** Reads YAML 1.2 with the core schema: no tags, no duplicate keys, secrets in place of references. */
export function readYaml(
  text: string,
  source: string,
  scope: ReferenceScope,
): { file: YamlFile; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'core', lineCounter: lines, merge: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const locate = (path: readonly PropertyKey[]) => at(offsetOf(document, path));
  const faults = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    source,
    at: at(pos[0]),
    path: '',
    says: firstLine(message),
  }));
  if (faults.length > 0) return { file: { value: null, locate }, problems: faults };

  const problems: Problem[] = [];
  const plain = plainValue(document);
  if (!plain.ok) problems.push({ source, at: at(0), path: '', says: plain.error });
  const value = withSecrets(plain.ok ? plain.value : null, [], (reference, path) => {
    const secret = resolveReference(reference, scope);
    if (secret.ok) return secret.value;
    problems.push({ source, at: locate(path), path: path.join('.'), says: secret.error });
    return reference;
  });
  return { file: { value, locate }, problems };
}

const firstLine = (message: string): string =>
  message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;

/** An alias without an anchor, or one that unfolds without end, only shows when the value is made. */
function plainValue(document: Document): Result<unknown, string> {
  try {
    return ok(document.toJS({ maxAliasCount: 50 }));
  } catch (error) {
    return err(messageOf(error));
  }
}

/** The same value with every reference replaced by what `resolve` gives for it. */
function withSecrets(
  value: unknown,
  path: readonly string[],
  resolve: (reference: string, path: readonly string[]) => unknown,
): unknown {
  if (typeof value === 'string') return isReference(value) ? resolve(value, path) : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, withSecrets(item, [...path, key], resolve)] as const,
  );
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range)
      return keyOffset(document, path.slice(0, length)) ?? node.range[0];
  }
  return 0;
}

/** The key reads better than its value: an unknown key is marked where it is written. */
function keyOffset(document: Document, path: readonly PropertyKey[]): number | null {
  if (path.length === 0) return null;
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (typeof parent !== 'object' || parent === null || !('items' in parent)) return null;
  const items = parent.items as { key?: unknown }[];
  const pair = items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
}
