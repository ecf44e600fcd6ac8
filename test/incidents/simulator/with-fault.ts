import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fault } from '../../runs/simulator/with-fault.ts';
import type { Code } from './code.ts';

const parts = ['core', 'permissions', 'incidents', 'store', 'bot', 'gatehouse', 'views'];

/** A copy of the code with the fault in it, for as long as `work` lasts. */
export async function withFault<T>(fault: Fault, work: (code: Code) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fault-'));
  try {
    for (const part of parts) {
      cpSync(resolve('src', part), join(folder, 'src', part), { recursive: true });
    }
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    cpSync(resolve('package.json'), join(folder, 'package.json'));
    for (const edit of fault.edits) put(edit, join(folder, 'src', edit.file), fault.name);
    const load = (name: string) =>
      import(/* @vite-ignore */ pathToFileURL(join(folder, 'src', name)).href);
    const where = {
      createIncidents: 'incidents/create-incidents.ts',
      createSend: 'bot/outbox-send.ts',
      createSetups: 'incidents/setups.ts',
      createSlackGuard: 'incidents/slack-guard.ts',
      keepingEvidence: 'incidents/keep-evidence.ts',
      memoryStore: 'store/memory/memory-store.ts',
      repairAll: 'incidents/repair-all.ts',
      sampleAll: 'incidents/sampler.ts',
      wakeDue: 'incidents/incident-worker.ts',
      watchRooms: 'gatehouse/watch-rooms.ts',
    } satisfies Record<keyof Code, string>;
    const all = Object.entries(where).map(async ([name, file]) => [name, (await load(file))[name]]);
    return await work(Object.fromEntries(await Promise.all(all)) as Code);
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
