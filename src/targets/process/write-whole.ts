import { rename, writeFile } from 'node:fs/promises';

/** Writes a JSON file so that a reader sees the old text or the new one, never a part. */
export async function writeWhole(file: string, value: unknown, suffix: string): Promise<void> {
  const next = `${file}.${suffix}`;
  await writeFile(next, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  await rename(next, file);
}
