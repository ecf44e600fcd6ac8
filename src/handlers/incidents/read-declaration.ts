import type { Catalogue } from '../../core/catalogue.ts';
import { type Severity, severities } from '../../core/severity.ts';
import type { Target } from '../../core/target.ts';

/** What was typed to declare an incident, taken apart. */
export interface ReadDeclaration {
  severity: Severity | null;
  target: Target | null;
  title: string;
}

/**
 * Takes `sev1 login down rms-auth@prod` apart: one word that is a severity, one that is a service or a target,
 * wherever they stand, and the title. A service without an environment means the one that people depend on,
 * when there is just one.
 *
 * @param words the words of the runbooks for severities, such as `p0`, in small letters.
 */
export function readDeclaration(
  typed: readonly string[],
  catalogue: Catalogue,
  words: ReadonlyMap<string, Severity>,
): ReadDeclaration {
  const parts = typed.map((text) => ({ text, severity: severityIn(text, words) }));
  const severe = parts.find(({ severity }) => severity !== null);
  const named = parts.find(({ text }) => targetIn(text, catalogue) !== null);
  const isWhole = named?.text.includes('@') === true;
  return {
    severity: severe?.severity ?? null,
    target: named ? targetIn(named.text, catalogue) : null,
    // A service is part of what people say; a target, written as one, is not.
    title: parts
      .filter((part) => part !== severe && !(isWhole && part === named))
      .map(({ text }) => text)
      .join(' ')
      .trim(),
  };
}

function severityIn(text: string, words: ReadonlyMap<string, Severity>): Severity | null {
  const said = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const figure = Number(/^sev(?:erity)?([1-4])$/.exec(said)?.[1]);
  return severities.find((one) => one === figure) ?? words.get(said) ?? null;
}

function targetIn(text: string, { services }: Catalogue): Target | null {
  const [name = '', ...rest] = text.toLowerCase().split('@');
  const service = services.find((one) => one.name === name || one.aliases.includes(name));
  if (!service) return null;
  const production = service.environments.filter((one) => one.production);
  const env =
    rest.length > 0
      ? service.environments.find((one) => one.name === rest.join('@'))
      : production.length === 1
        ? production[0]
        : undefined;
  return env ? { service: service.name, env: env.name } : null;
}
