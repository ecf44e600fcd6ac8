import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { drivers } from '../../src/targets/index.ts';
import { kubeconfigText } from '../support/fake-kubernetes/start.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

/** A kubeconfig for a cluster that nobody asks anything here. */
function kubeconfigIn(path: string): string {
  const file = join(path, 'kubeconfig');
  writeFileSync(file, kubeconfigText(9, ''));
  return file;
}

const script = join(import.meta.dirname, 'lazy', 'print-loaded.ts');

/** The packages that a fresh process has loaded. */
async function loadedBy(...args: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
  return JSON.parse(stdout);
}

test('knowing every driver loads zod and no SDK', async () => {
  expect(await loadedBy()).toEqual(['zod']);
});

const isSdk = (name: string) =>
  ['ioredis', 'pg', 'undici'].includes(name) ||
  /^@(?:aws-sdk\/client-|azure\/|kubernetes\/|slack\/)/.test(name);

test.each([
  ['process', { directory: '/tmp', instances: [{ name: 'a', command: ['true'] }] }, []],
  ['http', { checks: [{ name: 'ready', url: 'http://127.0.0.1:9/' }] }, ['undici']],
  ['http-admin', { url: 'http://127.0.0.1:9', token: 'a-token-of-some-length' }, ['undici']],
  ['redis', { url: 'redis://127.0.0.1:9' }, ['ioredis']],
  ['postgres', { url: 'postgres://reader@127.0.0.1:9/authdb' }, ['pg']],
  [
    'kubernetes',
    { kubeconfig: kubeconfigIn(folder.path), namespace: 'auth', deployment: 'auth-service' },
    ['@kubernetes/client-node', 'undici'],
  ],
  [
    'cognito',
    { region: 'eu-central-1', user_pool: 'eu-central-1_AbCd12345' },
    ['@aws-sdk/client-cognito-identity-provider'],
  ],
  ['evidence', { folder: '/var/lib/gatehouse/evidence' }, []],
])('opening %s loads its own SDK only', async (name, section, own) => {
  const loaded = await loadedBy(name, JSON.stringify(section));
  expect(loaded.filter(isSdk)).toEqual(own);
});

test('every driver is tried here', () => {
  const names = drivers.map(({ name }) => name);
  expect(names).toEqual([
    'process',
    'http',
    'http-admin',
    'redis',
    'postgres',
    'kubernetes',
    'cognito',
    'evidence',
  ]);
  expect(new Set(names).size).toBe(names.length);
});
