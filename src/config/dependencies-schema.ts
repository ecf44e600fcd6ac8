import { z } from 'zod';
import type { Driver } from '../core/driver.ts';
import { name } from './file-words.ts';

const told = z.string().trim().min(1).max(300);

/** One dependency: what is lost with it, and the sections of drivers that restart it. */
const dependency = (drivers: readonly Driver[]) =>
  z.strictObject({
    loses: z
      .array(told.max(60))
      .max(10)
      .describe(
        'What is lost when it is restarted, such as `sessions`; `[]` when nothing is. Whoever approves a restart reads it, and the risk rises with it.',
      ),
    section: z
      .string()
      .optional()
      .describe(
        'The section of the environment that reaches it, `redis` or `postgres`: its checks prove a restart, and whoever has the same address depends on it too. Left out: the one that is called as the dependency is, where there is one.',
      ),
    why_not: told
      .optional()
      .describe(
        'Why it cannot be restarted from here and who can do it, one sentence that people read. Without it there has to be a section of a driver, as an environment has them, that restarts it: `process` or `kubernetes`.',
      ),
    ...Object.fromEntries(
      drivers.map((driver) => [driver.name, driver.options.optional().describe(driver.summary)]),
    ),
  });

/** The dependencies of an environment, by name. */
export const dependenciesSchema = (drivers: readonly Driver[]) =>
  z
    .record(name, dependency(drivers))
    .default({})
    .describe('What it needs and what is restarted by itself, such as `redis`, by name.');

/** What an environment says of one of its dependencies. */
type Declared = z.infer<ReturnType<typeof dependency>>;

/** An environment with its sections beside what it says of dependencies. */
export type Sections = Readonly<Record<string, unknown>> & {
  dependencies: Readonly<Record<string, Declared>>;
};

/** The section that reaches a dependency: the one that it names, else the one that is called like it. */
export function sectionOf(name: string, { section }: Pick<Declared, 'section'>, all: Sections) {
  if (section !== undefined) return section;
  return Object.hasOwn(all, name) && name !== 'dependencies' ? name : null;
}

/** What of the dependencies of an environment makes no sense beside its sections. */
export function brokenDependencies(all: Sections, drivers: readonly Driver[]) {
  const reaching = drivers.filter(({ isDependency }) => isDependency).map((driver) => driver.name);
  return Object.entries(all.dependencies).flatMap(([name, declared]) => {
    const path = ['dependencies', name];
    const section = sectionOf(name, declared, all);
    const known = reaching.filter((one) => all[one] !== undefined);
    const isReached = section === null || known.includes(section);
    const own = drivers.some((driver) => declared[driver.name as keyof Declared] !== undefined);
    return [
      ...(isReached
        ? []
        : [
            {
              path: [...path, 'section'],
              says: `${section} is no section here that reaches what a service depends on; expected ${known.join(' or ') || `one of ${reaching.join(', ')}, which this environment has none of`}`,
            },
          ]),
      ...(own || declared.why_not !== undefined
        ? []
        : [{ path, says: 'expected a section that restarts it, such as process, or why_not' }]),
    ];
  });
}
