import type { z } from 'zod';
import { nearest } from '../../core/near.ts';
import type { Complaint } from '../../core/refusal.ts';
import { wanted } from '../../core/wanted.ts';
import type { Flag, Shape } from './shape.ts';

/** What a schema found wrong, in words a person can act on. */
export const complain = (
  issues: readonly z.core.$ZodIssue[],
  given: Readonly<Record<string, unknown>>,
  shape: Shape,
  operands: readonly Flag[] = [],
): Complaint[] =>
  once(
    issues.map((issue) => {
      const flag = shape.flags.find(({ key }) => key === issue.path[0]);
      const field = flag?.name ?? 'words';
      return { where: whereOf(flag, operands), what: whatOf(issue, given, shape), field };
    }),
  );

/** The same of two words is said once. */
const once = (complaints: readonly Complaint[]): Complaint[] =>
  complaints.filter(
    ({ where, what }, index) =>
      complaints.findIndex((one) => one.where === where && one.what === what) === index,
  );

function whereOf(flag: Flag | undefined, operands: readonly Flag[]): string {
  if (!flag) return 'what follows it';
  return operands.includes(flag) ? flag.name.toUpperCase() : `--${flag.name}`;
}

function whatOf(
  issue: z.core.$ZodIssue,
  given: Readonly<Record<string, unknown>>,
  shape: Shape,
): string {
  const [key] = issue.path;
  const flag = shape.flags.find((one) => one.key === key);
  const about = flag?.about ?? (key === 'words' ? shape.about : '');
  if (isEmpty(given[key as string])) return about ? `is missing: ${about}` : 'is missing';
  const says = wanted(issue);
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const [likely] = nearest(String(valueAt(given, issue.path)), choices);
  if (likely !== undefined) return `${says}; did you mean ${likely}?`;
  const isOurs = issue.code === 'custom'; // then it says all that there is to say
  return flag?.about && !isOurs ? `${says} (${flag.about.replace(/\.$/, '')})` : says;
}

/** Nothing typed: no flag, or no words. */
const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0) || value === '';

const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
