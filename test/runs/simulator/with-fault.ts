import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Code } from './truth.ts';

/** A mistake that somebody could make: places of the code, and what stands there then. */
export interface Fault {
  name: string;
  edits: readonly { file: string; from: string; to: string }[];
}

/** A copy of the code with the fault in it, for as long as `work` lasts. */
export async function withFault<T>(fault: Fault, work: (code: Code) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fault-'));
  try {
    for (const part of ['core', 'permissions', 'runs']) {
      cpSync(resolve('src', part), join(folder, 'src', part), { recursive: true });
    }
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    cpSync(resolve('package.json'), join(folder, 'package.json'));
    for (const edit of fault.edits) put(edit, join(folder, 'src', edit.file), fault.name);
    const load = (name: string) =>
      import(/* @vite-ignore */ pathToFileURL(join(folder, 'src', name)).href);
    const { createRunner } = await load('runs/create-runner.ts');
    const { TargetError } = await load('core/errors.ts');
    const { whyStopped } = await load('runs/why-stopped.ts');
    return await work({ createRunner, TargetError, whyStopped });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function put({ from, to }: Fault['edits'][number], path: string, name: string): void {
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`“${name}” does not fit the code any more`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}
