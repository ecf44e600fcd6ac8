import answers from './answers.generated.json' with { type: 'json' };
import { type Paths, pathsOf, readPaths } from './paths.ts';
import payloads from './payloads.generated.json' with { type: 'json' };

const samples: ReadonlyMap<string, Paths> = new Map(
  Object.entries({ ...payloads, ...answers }).map(([name, line]) => [name, readPaths(line)]),
);

/** What there is a sample of: payloads by type (`block_actions`), answers by method (`chat.update`). */
export const sampleNames: readonly string[] = [...samples.keys()].sort();

/** Key paths of our payload or answer that Slack's sample does not have. */
export function unknownKeys(sampleName: string, value: unknown): string[] {
  const sample = sampleOf(sampleName);
  return distinct(
    pathsOf(value)
      .map(([path]) => path)
      .filter((path) => !sample.has(path) && !untold(sample, path)),
  );
}

/** The required key paths that Slack's sample has and ours has not. */
export function missingKeys(
  sampleName: string,
  value: unknown,
  required: readonly string[],
): string[] {
  const sample = sampleOf(sampleName);
  const strange = required.filter((path) => !sample.has(path));
  if (strange.length > 0) throw new Error(`Slack's ${sampleName} has no ${strange.join(', ')}.`);
  const ours = new Set(pathsOf(value).map(([path]) => path));
  return required.filter((path) => !ours.has(path));
}

/** Key paths where ours holds another kind of value than Slack's sample. Null is always allowed. */
export function wrongTypes(sampleName: string, value: unknown): string[] {
  const sample = sampleOf(sampleName);
  return distinct(
    pathsOf(value)
      .filter(([path, type]) => type !== 'null' && sample.has(path) && sample.get(path) !== type)
      .map(
        ([path, type]) =>
          `${path}: ${type ?? 'object or list'}, not ${sample.get(path) ?? 'object or list'}`,
      ),
  );
}

function sampleOf(name: string): Paths {
  const sample = samples.get(name);
  if (!sample) throw new Error(`There is no sample called ${name}: ${sampleNames.join(', ')}.`);
  return sample;
}

/** Whether the path lies in something of which the sample does not say what is inside. */
const untold = (sample: Paths, path: string): boolean =>
  ancestorsOf(path).some((above) => sample.get(above) === null && !goesDeeper(sample, above));

const ancestorsOf = (path: string): string[] =>
  [...path.matchAll(/\.|\[\]/g)].map(({ index }) => path.slice(0, index));

const goesDeeper = (sample: Paths, path: string): boolean =>
  [...sample.keys()].some((key) => key.startsWith(`${path}.`) || key.startsWith(`${path}[]`));

const distinct = (items: string[]): string[] => [...new Set(items)];
