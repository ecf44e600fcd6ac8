import type { ConfigFile } from './file-schema.ts';

/** The names of all environments that some service has, each once. */
export const environmentsOf = ({ services }: Pick<ConfigFile, 'services'>): string[] => [
  ...new Set(Object.values(services).flatMap(({ environments }) => Object.keys(environments))),
];
