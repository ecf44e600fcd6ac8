import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A mistake that somebody could make: places of the code, and what stands there then. */
export interface Fault {
  name: string;
  /** Files below `src`. */
  edits: readonly { file: string; from: string; to: string }[];
}

/** Loads a file below `src` with the fault in it. */
// biome-ignore lint/suspicious/noExplicitAny: whoever loads a file knows what it exports
export type LoadFaulty = (file: string) => Promise<any>;

/** Copies all of the code, puts a fault in, and takes the copy away after `work`. */
export async function withFaultyCode<T>(
  fault: Fault,
  work: (load: LoadFaulty) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fault-'));
  try {
    cpSync(resolve('src'), join(folder, 'src'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    cpSync(resolve('package.json'), join(folder, 'package.json'));
    for (const edit of fault.edits) put(edit, join(folder, 'src', edit.file), fault.name);
    return await work(
      (file) => import(/* @vite-ignore */ pathToFileURL(join(folder, 'src', file)).href),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A fault has one place: more would be other faults, and none is a fault that no longer is one. */
function put({ from, to }: Fault['edits'][number], path: string, name: string): void {
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`“${name}” does not fit the code any more`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}
