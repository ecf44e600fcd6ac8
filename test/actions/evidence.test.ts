import { describe, expect, test } from 'vitest';
import { evidenceList } from '../../src/actions/evidence-list.ts';
import { evidenceSnapshot } from '../../src/actions/evidence-snapshot.ts';
import type { Capabilities, EvidenceFile } from '../../src/core/capabilities.ts';
import { stillClock } from '../support/clock.ts';
import { carryOut, planOf } from '../support/fake-people.ts';
import { memoryVault } from '../support/memory-vault.ts';
import { onlyStep } from '../support/on-ground.ts';
import { catalogueOf, scriptedTargets } from '../support/scripted-targets.ts';
import { someRequest } from '../support/some-request.ts';

const never = new AbortController().signal;

/** A target that notes in which order it is read. */
function setUp(left: readonly (keyof Capabilities)[] = []) {
  const read: string[] = [];
  const files: EvidenceFile[] = [];
  const note = async <T>(what: string, answer: T): Promise<T> => {
    read.push(what);
    return answer;
  };
  const vault = memoryVault();
  const keep = vault.keep;
  vault.keep = async (name, given, signal) => {
    files.push(...given);
    return keep(name, given, signal);
  };
  const every: Partial<Capabilities> = {
    logs: { read: () => note('logs', { lines: ['a line'], total: 1, complete: true }) },
    denyList: { ...({} as Capabilities['denyList']), entries: () => note('denyList', []) },
    instances: { instances: () => note('instances', []) },
    sessions: { ...({} as Capabilities['sessions']), count: () => note('sessions', 12) },
  };
  const maybe = Object.fromEntries(
    Object.entries(every).filter(([name]) => !left.includes(name as keyof Capabilities)),
  );
  const on = {
    target: { service: 'rms-auth', env: 'prod' },
    clock: { now: () => 86_400_000, monotonic: () => 0 },
    request: someRequest,
    maybe,
    can: { vault },
  };
  return { read, files, vault, on };
}

const contentOf = (files: readonly EvidenceFile[], name: string) =>
  JSON.parse(files.find((file) => file.name === name)?.content ?? expect.fail(`no ${name}`));

describe('a snapshot', () => {
  test('is taken in the order in which things vanish', async () => {
    const { on, read, files } = setUp();
    const plan = await carryOut(evidenceSnapshot, {}, on);
    expect(read).toEqual(['sessions', 'instances', 'denyList', 'logs']);
    expect(contentOf(files, 'sessions.json')).toMatchObject({ seen: { count: 12 } });
    expect(contentOf(files, 'logs.json').seen.lines).toEqual(['a line']);
    expect(await evidenceSnapshot.verify(plan, on)).toMatchObject({
      ok: true,
      checks: [{ seen: expect.stringMatching(/^R-000001, \d+ bytes, SHA-256 [0-9a-f]{64}$/) }],
    });
  });

  test('says who took it, why and when', async () => {
    const { on, files } = setUp();
    await carryOut(evidenceSnapshot, {}, on);
    expect(contentOf(files, 'request.json')).toEqual({
      target: 'rms-auth@prod',
      run: 'R-000001',
      by: someRequest.by,
      reason: someRequest.reason,
      at: '1970-01-02T00:00:00.000Z',
    });
  });

  test('is kept without what fails, which is said in it', async () => {
    const { on, files, vault } = setUp();
    const instances = { instances: () => Promise.reject(new Error('it hangs')) };
    await carryOut(evidenceSnapshot, {}, { ...on, maybe: { ...on.maybe, instances } });
    expect(contentOf(files, 'instances.json')).toMatchObject({ failed: 'it hangs' });
    expect(vault.kept.get('R-000001')).toHaveLength(5);
  });

  test('is none when nothing of it could be read', async () => {
    const { on, vault } = setUp(['denyList', 'logs']);
    const hangs = () => Promise.reject(new Error('it hangs'));
    const { sessions } = on.maybe;
    const away = {
      ...on,
      maybe: { sessions: { ...sessions, count: hangs }, instances: { instances: hangs } },
    } as typeof on;
    const plan = await planOf(evidenceSnapshot, {}, on);
    const outcome = evidenceSnapshot.execute(onlyStep(plan), plan, away, never);
    expect(await outcome).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('it hangs'),
    });
    expect(vault.kept.size).toBe(0);
  });

  test('keeps what the target has, and is refused where it has nothing', async () => {
    const { on, read } = setUp(['sessions', 'denyList', 'instances']);
    const plan = await carryOut(evidenceSnapshot, {}, on);
    expect(read).toEqual(['logs']);
    expect(plan.steps[0]?.does).toBe('Keep evidence of rms-auth@prod: log');
    const nothing = { ...on, maybe: {} };
    expect((await evidenceSnapshot.precheck({}, nothing)).ok).toBe(false);
  });

  test('is not called done when nothing is kept, or it was changed', async () => {
    const { on, vault } = setUp();
    const plan = await planOf(evidenceSnapshot, {}, on);
    expect((await evidenceSnapshot.verify(plan, on)).ok).toBe(false);
    await carryOut(evidenceSnapshot, {}, on);
    vault.check = async () => ['logs.json was changed'];
    expect(await evidenceSnapshot.verify(plan, on)).toMatchObject({
      ok: false,
      checks: [{ seen: 'logs.json was changed' }],
    });
  });

  test('changes nothing but the vault, and so needs little approval', async () => {
    const { on } = setUp();
    expect(await planOf(evidenceSnapshot, {}, on)).toMatchObject({ risk: 'low' });
  });
});

describe('the list', () => {
  const target = { service: 'rms-auth', env: 'prod' };
  const show = (vault?: Capabilities['vault']) => {
    const targets = scriptedTargets({ 'rms-auth@prod': vault ? { vault } : {} });
    const tools = { catalogue: catalogueOf(['rms-auth']), targets, clock: stillClock() };
    return evidenceList.run({}, target, tools);
  };

  test('shows what is kept and that it is unchanged, or what was changed', async () => {
    const { on, vault } = setUp();
    await carryOut(evidenceSnapshot, {}, on);
    expect(JSON.stringify(await show(vault))).toMatch(/R-000001.*unchanged · SHA-256 [0-9a-f]{64}/);
    vault.check = async () => ['logs.json was changed'];
    expect(JSON.stringify(await show(vault))).toContain('CHANGED: logs.json was changed');
  });

  test('says that there is none, or nowhere to keep it', async () => {
    expect(JSON.stringify(await show(memoryVault()))).toContain('None is kept yet');
    expect(JSON.stringify(await show())).toContain('nowhere to keep evidence');
  });
});
