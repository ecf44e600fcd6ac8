import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { realCode } from './real-code.ts';
import type { Code } from './truth.ts';

/** A mistake that somebody could make: places of the code, and what stands there then. */
export interface Fault {
  name: string;
  edits: readonly { file: string; from: string; to: string }[];
}

/** What has the life of runs in it, the store included: one knows the errors of the other. */
const ofRuns = [
  'runs/create-runner.ts',
  'runs/why-stopped.ts',
  'core/errors.ts',
  'store/memory/memory-store.ts',
];

/** All that a schedule is made of. */
const pieces = [
  ...ofRuns,
  'gatehouse/second-accounts.ts',
  'gatehouse/draw-runs.ts',
  'bot/deliveries.ts',
  'bot/dispatcher.ts',
  'bot/left-behind.ts',
  'bot/outbox-sender.ts',
  'handlers/tell-left-behind.ts',
];

/** A copy of the code with the fault in it, for as long as `work` lasts. */
export async function withFault<T>(fault: Fault, work: (code: Code) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fault-'));
  try {
    cpSync(resolve('src'), join(folder, 'src'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    cpSync(resolve('package.json'), join(folder, 'package.json'));
    for (const edit of fault.edits) put(edit, join(folder, 'src', edit.file), fault.name);
    const load = (name: string) =>
      import(/* @vite-ignore */ pathToFileURL(join(folder, 'src', name)).href);
    const wanted = fault.edits.some(({ file }) => !file.startsWith('runs/')) ? pieces : ofRuns;
    const loaded = await Promise.all(wanted.map(load));
    return await work(Object.assign({ ...realCode }, ...loaded));
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
