import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Vault } from '../../src/core/capabilities.ts';

/** A vault that nothing was put into, and hands that reach around it. */
export interface VaultSetUp {
  vault: Vault;
  /** Changes a file of what is kept, as an intruder would. Left out where nobody could. */
  tamper?(name: string, file: string, content: string | null): Promise<void>;
}

const never = new AbortController().signal;
const files = [
  { name: 'request.json', content: '{"why":"test"}' },
  { name: 'log.json', content: 'café ☕ \u0000 end' },
];

/** What every vault must do. */
export function vaultContract(setUp: () => Promise<VaultSetUp>): void {
  test('is empty at first, and then lists what was put in, newest first', async () => {
    const { vault } = await setUp();
    expect(await vault.list(never)).toEqual([]);
    const one = await vault.keep('R-1', files, never);
    expect(one).toEqual({
      name: 'R-1',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0),
      at: expect.any(Number),
    });
    const two = await vault.keep('R-2', [], never);
    const listed = await vault.list(never);
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(expect.arrayContaining([one, two]));
    expect(listed.map(({ at }) => at)).toEqual(
      listed.map(({ at }) => at).toSorted((a, b) => b - a),
    );
    expect(await vault.check('R-1', never)).toEqual([]);
    expect(await vault.check('R-2', never)).toEqual([]);
  });

  test('a name is given once: nothing takes the place of what is kept', async () => {
    const { vault } = await setUp();
    const first = await vault.keep('R-1', files, never);
    const again = vault.keep('R-1', [{ name: 'log.json', content: 'nothing' }], never);
    await expect(again).rejects.toMatchObject({ name: 'TargetError', happened: false });
    expect(await vault.list(never)).toEqual([first]);
    expect(await vault.check('R-1', never)).toEqual([]);
  });

  test('other content has another hash', async () => {
    const { vault } = await setUp();
    const content = (text: string) => [{ name: 'log.json', content: text }];
    const kept = [
      await vault.keep('R-1', content('a'), never),
      await vault.keep('R-2', content('b'), never),
    ];
    expect(new Set(kept.map(({ sha256 }) => sha256)).size).toBe(2);
  });

  test.each(['../R-1', 'a/b', '', '.', '..', '.hidden', 'a\0b', 'x'.repeat(200), 'manifest.json'])(
    'nothing is kept under the name %j, nor a file of that name',
    async (name) => {
      const { vault } = await setUp();
      const refused = { name: 'TargetError', happened: false };
      await expect(vault.keep(name, files, never)).rejects.toMatchObject(refused);
      const file = [{ name, content: 'x' }];
      await expect(vault.keep('R-1', file, never)).rejects.toMatchObject(refused);
      expect(await vault.list(never)).toEqual([]);
    },
  );

  test('two files of one name are refused, and nothing of them is kept', async () => {
    const { vault } = await setUp();
    const twice = [...files, { name: 'LOG.json', content: 'x' }];
    await expect(vault.keep('R-1', twice, never)).rejects.toMatchObject({ happened: false });
    expect(await vault.list(never)).toEqual([]);
  });

  test('what is given up half-way is not kept', async () => {
    const { vault } = await setUp();
    await expect(vault.keep('R-1', files, AbortSignal.abort())).rejects.toThrow();
    expect(await vault.list(never)).toEqual([]);
  });

  test('what is not there is said so', async () => {
    const { vault } = await setUp();
    expect(await vault.check('R-9', never)).toEqual(['R-9 is not there']);
  });

  test('any change of any file is found, and the file is named', async () => {
    const { vault, tamper } = await setUp();
    if (!tamper) return;
    let made = 0;
    const change = fc.record({ file: fc.constantFrom('a.json', 'b.json'), content: fc.string() });
    await fc.assert(
      fc.asyncProperty(change, async ({ file, content }) => {
        made += 1;
        const name = `R-${made}`;
        const both = ['a.json', 'b.json'].map((one) => ({ name: one, content: 'as it was' }));
        await vault.keep(name, both, never);
        fc.pre(content !== 'as it was');
        await tamper(name, file, content);
        expect(await vault.check(name, never)).toEqual([`${file} was changed`]);
      }),
      { numRuns: 30 },
    );
  });

  test('a file that was removed or added, and a manifest that is gone, are found', async () => {
    const { vault, tamper } = await setUp();
    if (!tamper) return;
    for (const name of ['R-1', 'R-2', 'R-3']) await vault.keep(name, files, never);
    await tamper('R-1', 'log.json', null);
    await tamper('R-2', 'more.json', 'planted');
    await tamper('R-3', 'manifest.json', null);
    expect(await vault.check('R-1', never)).toEqual(['log.json is missing or cannot be read']);
    expect(await vault.check('R-2', never)).toEqual(['more.json was added']);
    expect((await vault.check('R-3', never)).join()).toContain('manifest');
    expect((await vault.list(never)).map(({ name }) => name).toSorted()).toHaveLength(3);
  });
}
