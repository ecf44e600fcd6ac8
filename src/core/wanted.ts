import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What a schema wanted instead, as a person says it: its own words, but zod's are about types and `NaN`. */
export function wanted(issue: Issue): string {
  if (!/^(?:Invalid |Too (?:small|big): )/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `${isMissing(issue) ? 'is missing; ' : ''}expected ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return `expected at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `expected at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_union':
      return anyOf(issue);
    case 'invalid_format':
      return issue.format === 'url' ? 'expected an address such as https://…' : issue.message;
    default:
      return issue.message;
  }
}

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'keys and values',
  record: 'keys and values',
  array: 'a list',
};

/** Whether nothing stands where something has to. */
const isMissing = ({ message }: Issue): boolean => message.endsWith('received undefined');

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' ? ' of them' : '';
}

/** Every shape that would do, once. */
function anyOf({ errors, message }: Extract<Issue, { code: 'invalid_union' }>): string {
  const shapes = errors.flatMap(([first]) => (first ? [wanted(first)] : []));
  const bare = shapes.map((text) => text.replace(/^(?:is missing; )?expected /, ''));
  return bare.length === 0 ? message : `expected ${[...new Set(bare)].join(' or ')}`;
}
