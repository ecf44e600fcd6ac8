import { join } from 'node:path';
import { TargetError } from '../../core/errors.ts';
import type { ProcessOptions } from './options.ts';

/** Where the copies of a system are, and how they are started. */
export type Place = Pick<ProcessOptions, 'directory' | 'instances' | 'copies' | 'releases'> &
  Partial<Pick<ProcessOptions, 'ready_within'>>;

/** One copy, as the catalogue describes it. */
export type ConfiguredCopy = ProcessOptions['instances'][number];

/** The pid file of a copy. */
export const pidFileOf = ({ directory }: Pick<Place, 'directory'>, name: string): string =>
  join(directory, 'run', `${name}.json`);

/** What a copy prints. */
export const outputOf = (pidFile: string): string => pidFile.replace(/\.json$/, '.out');

/** A refusal that has done nothing. */
export const untouched = (message: string, cause?: unknown): TargetError =>
  new TargetError(message, { retryable: false, happened: false, cause });

/** It was begun and has not come to its end. */
export const begun = (message: string, cause?: unknown): TargetError =>
  new TargetError(message, { retryable: false, stuck: true, cause });
