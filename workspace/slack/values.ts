import { elementsOf, type Json, optionsOf, type Placed } from './elements.ts';
import { type InputKind, inputKinds } from './input-kinds.ts';

/** Values in Slack's shape, by block id and action id. */
export type Values = Record<string, Record<string, unknown>>;

/** What a person gave: the value of an option, an id, a date, a text; several; or nothing. */
export type Given = string | string[] | null;

/** What the elements of these blocks hold before anybody has touched them. */
export const initialValues = (blocks: readonly Json[]): Values =>
  collect(blocks, ({ element, type }, kind) => {
    const initial = element[kind.initial];
    return { type, [kind.key]: initial ?? (kind.many ? [] : null) };
  });

/** A value for each element that remembers one. */
export function collect(
  blocks: readonly Json[],
  value: (placed: Placed, kind: InputKind) => unknown,
): Values {
  const values: Values = {};
  for (const placed of elementsOf(blocks)) {
    const kind = inputKinds[placed.type];
    if (!kind) continue;
    const block = values[placed.blockId] ?? {};
    values[placed.blockId] = { ...block, [placed.actionId]: value(placed, kind) };
  }
  return values;
}

/**
 * What a person gave, in Slack's shape; undefined when it is none of the options. `suggested` are
 * the options that the app gave for an external select.
 */
export function stateOf(
  placed: Placed,
  given: Given,
  suggested: readonly Json[],
): Json | undefined {
  const kind = inputKinds[placed.type];
  if (!kind) return undefined;
  const list = (Array.isArray(given) ? given : [given]).filter(
    (item) => item !== null && item !== '',
  );
  const values = list.map((item) => single(placed, kind, String(item), suggested));
  if (values.includes(undefined)) return undefined;
  const value = kind.many ? values : (values[0] ?? null);
  return { type: placed.type, [kind.key]: value };
}

function single(
  { element, type }: Placed,
  { options, seconds }: InputKind,
  given: string,
  suggested: readonly Json[],
): unknown {
  if (seconds) return Number.isInteger(Number(given)) ? Number(given) : undefined;
  if (!options) return given;
  const all = type.includes('external') ? suggested : optionsOf(element);
  return all.find(({ value }) => value === given);
}

/** Whether the value in Slack's shape says nothing. */
export function isEmpty(value: unknown): boolean {
  const { type: _, ...rest } = Object(value) as Json;
  const [held] = Object.values(rest);
  return (
    held === null || held === undefined || held === '' || (Array.isArray(held) && held.length === 0)
  );
}
