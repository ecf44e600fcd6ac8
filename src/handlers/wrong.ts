import type { Refusal } from '../core/refusal.ts';
import { refusalSentence } from '../views/refusal.ts';
import { prose } from '../views/text/prose.ts';

/** What is missing or wrong in a command, where it stands in its form. All of it is escaped. */
export interface Wrong {
  /** What is about no single field; null when there is nothing of the kind. */
  whole: string | null;
  /** By flag without dashes, or `target`, `reason`, `words`. */
  fields: ReadonlyMap<string, string>;
}

/** What a form can put right; null when no form would help. */
export function wrongIn(refusal: Refusal): Wrong | null {
  const sentence = () => refusalSentence(refusal);
  switch (refusal.kind) {
    case 'missing-target':
      return { whole: null, fields: new Map([['target', 'Choose one: none was named.']]) };
    case 'unknown-service':
    case 'unknown-env':
    case 'missing-env':
    case 'not-everywhere':
    case 'unclear-target':
    case 'two-envs':
      return { whole: null, fields: new Map([['target', sentence()]]) };
    case 'unknown-dependency':
      return { whole: null, fields: new Map([['dependency', sentence()]]) };
    case 'flag-twice':
    case 'flag-without-value':
      return { whole: null, fields: new Map([[refusal.flag, sentence()]]) };
    case 'bad-value':
      return { whole: null, fields: byField(refusal.complaints) };
    case 'unknown-flag':
    case 'too-many-words':
      return { whole: sentence(), fields: new Map() };
    default:
      return null;
  }
}

function byField(complaints: Extract<Refusal, { kind: 'bad-value' }>['complaints']) {
  const fields = new Map<string, string>();
  for (const { field, what } of complaints) {
    const said = fields.get(field);
    fields.set(field, said === undefined ? prose(what) : `${said}; ${prose(what)}`);
  }
  return fields;
}
