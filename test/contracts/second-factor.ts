import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeStep, factorSubject, lockout, noFactor } from '../../src/core/second-factor.ts';
import { Secret } from '../../src/core/secret.ts';
import { createEnrolments } from '../../src/step-up/enrolments.ts';
import { createKeyring } from '../../src/step-up/keyring.ts';
import { codeAt } from '../../src/step-up/one-time-code.ts';
import { createSecondFactor } from '../../src/step-up/second-factor.ts';
import type { Store } from '../../src/store/open-store.ts';

/** Where second factors are kept, and how time passes for it. */
export interface SecondFactorSetUp {
  store: Pick<Store, 'secondFactors' | 'audit'>;
  /** Moves the clock of the database forward, in milliseconds. */
  pass(ms: number): Promise<void>;
}

const keyOf = (byte: number) => new Secret(Buffer.alloc(32, byte).toString('base64'));

/** What codes must do over every database. */
export function secondFactorContract(setUp: () => SecondFactorSetUp) {
  const ringOf = (...bytes: number[]) => {
    const ring = createKeyring(bytes.map(keyOf), randomBytes);
    if (!ring) throw new Error('there is no key');
    return ring;
  };
  const ring = ringOf(1);
  const rows = () => setUp().store.secondFactors;
  const checker = (keyring = ring) => createSecondFactor(rows(), keyring);
  const enrolments = (keyring = ring) => createEnrolments(rows(), keyring, randomBytes);
  const fresh = () => ({ id: randomUUID(), team: 'T1' });
  const now = async () => (await rows().find('second-factor:nobody')).now;
  const records = async (person: { id: string; team: string }) =>
    (await setUp().store.audit.find({ subject: factorSubject(person), limit: 1_000 })).toReversed();

  /** Somebody new, at the beginning of a step, so that a test stays in it. */
  async function enrolled(keyring = ring) {
    await setUp().pass(codeStep - ((await now()) % codeStep));
    const person = fresh();
    const { secret } = await enrolments(keyring).enrol(person, 'operator:tests');
    const codeIn = async (steps: number) => codeAt(secret, (await now()) + steps * codeStep);
    return { person, codeIn };
  }
  /** A code that is none of these steps, nor of those around them. */
  async function wrongCode(codeIn: (steps: number) => Promise<string>) {
    const right = await Promise.all([-2, -1, 0, 1, 2].map(codeIn));
    return ['111111', '222222', '333333', '444444', '555555', '666666'].find(
      (code) => !right.includes(code),
    ) as string;
  }

  test('nobody has one before an administrator gave it', async () => {
    expect(await checker().verify(fresh(), '123456')).toEqual({ kind: 'not-enrolled' });
  });

  test.each([-1, 0, 1])('the code of the step %i from now is taken', async (steps) => {
    const { person, codeIn } = await enrolled();
    expect(await checker().verify(person, await codeIn(steps))).toMatchObject({ kind: 'ok' });
  });

  test.each([-2, 2])('the code of the step %i from now is wrong', async (steps) => {
    const { person, codeIn } = await enrolled();
    const code = await codeIn(steps);
    if ((await Promise.all([-1, 0, 1].map(codeIn))).includes(code)) return; // one in a million
    expect(await checker().verify(person, code)).toEqual({ kind: 'wrong' });
  });

  test('it is the clock of the database that says which step it is', async () => {
    const { person, codeIn } = await enrolled();
    const code = await codeIn(0);
    await setUp().pass(3 * codeStep);
    expect(await checker().verify(person, code)).toEqual({ kind: 'wrong' });
  });

  test('a gap in the middle is no mistake, and what is no code is wrong and counts as nothing', async () => {
    const { person, codeIn } = await enrolled();
    for (const text of [
      '',
      '12345',
      '1234567',
      'abcdef',
      '１２３４５６',
      '-',
      '\0'.repeat(9_999),
    ]) {
      expect(await checker().verify(person, text)).toEqual({ kind: 'wrong' });
    }
    const code = await codeIn(0);
    const typed = ` ${code.slice(0, 3)} ${code.slice(3)} `;
    expect(await checker().verify(person, typed)).toMatchObject({ kind: 'ok' });
  });

  test('a code counts once, however often and in whatever order codes are tried', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 1, maxLength: 6 }),
        async (tries) => {
          const { person, codeIn } = await enrolled();
          let last = -2;
          for (const step of tries) {
            const { kind } = await checker().verify(person, await codeIn(step));
            expect(kind).toBe(step > last ? 'ok' : 'replayed');
            last = Math.max(last, step);
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  test('of those who show the same code at the same instant one is taken', async () => {
    const { person, codeIn } = await enrolled();
    const code = await codeIn(0);
    const shown = await Promise.all(
      Array.from({ length: 8 }, () => checker().verify(person, code)),
    );
    expect(shown.map(({ kind }) => kind).toSorted()).toEqual([
      'ok',
      ...Array.from({ length: 7 }, () => 'replayed'),
    ]);
  });

  test('a code that counted does not count again after the person was enrolled anew', async () => {
    const { person, codeIn } = await enrolled();
    expect(await checker().verify(person, await codeIn(1))).toMatchObject({ kind: 'ok' });
    const { secret, replaced } = await enrolments().enrol(person, 'operator:tests');
    expect(replaced).toBe(true);
    const again = await codeAt(secret, await now());
    expect(await checker().verify(person, again)).toEqual({ kind: 'replayed' });
  });

  test('five wrong codes lock, also the right one out, until fifteen minutes are over', async () => {
    const { person, codeIn } = await enrolled();
    const wrong = await wrongCode(codeIn);
    for (let tries = 1; tries < lockout.wrong; tries += 1) {
      expect(await checker().verify(person, wrong)).toEqual({ kind: 'wrong' });
    }
    const until = (await now()) + lockout.lasts;
    const locked = await checker().verify(person, wrong);
    expect(locked).toEqual({ kind: 'locked', until: expect.any(Number) });
    expect(locked.kind === 'locked' && locked.until).toBeGreaterThanOrEqual(until);
    expect(await checker().verify(person, await codeIn(0))).toMatchObject({ kind: 'locked' });
    await setUp().pass(lockout.lasts - codeStep);
    expect(await checker().verify(person, await codeIn(0))).toMatchObject({ kind: 'locked' });
    await setUp().pass(2 * codeStep);
    expect(await checker().verify(person, await codeIn(0))).toMatchObject({ kind: 'ok' });
  });

  test('wrong codes tried at the same instant are all counted', async () => {
    const { person, codeIn } = await enrolled();
    const wrong = await wrongCode(codeIn);
    await Promise.all(Array.from({ length: 6 }, () => checker().verify(person, wrong)));
    expect(await checker().verify(person, await codeIn(0))).toMatchObject({ kind: 'locked' });
  });

  test('wrong codes are forgotten after fifteen minutes, and a right one between them forgives none', async () => {
    const { person, codeIn } = await enrolled();
    const wrong = await wrongCode(codeIn);
    for (let tries = 1; tries < lockout.wrong; tries += 1) await checker().verify(person, wrong);
    await setUp().pass(lockout.within + 1);
    const other = await wrongCode(codeIn);
    expect(await checker().verify(person, other)).toEqual({ kind: 'wrong' });
    expect(await checker().verify(person, await codeIn(0))).toMatchObject({ kind: 'ok' });
    for (let tries = 2; tries < lockout.wrong; tries += 1) await checker().verify(person, other);
    expect(await checker().verify(person, other)).toMatchObject({ kind: 'locked' });
  });

  test('nobody’s code is anybody else’s', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const code = await one.codeIn(0);
    if (code === (await other.codeIn(0))) return; // one in a million
    expect(await checker().verify(other.person, code)).not.toMatchObject({ kind: 'ok' });
    const elsewhere = { ...one.person, team: 'T2' };
    expect(await checker().verify(elsewhere, code)).toEqual({ kind: 'not-enrolled' });
  });

  test('what was revoked proves nothing, until the person is enrolled again', async () => {
    const { person, codeIn } = await enrolled();
    expect(await enrolments().revoke(person, 'operator:tests')).toBe(true);
    expect(await enrolments().revoke(person, 'operator:tests')).toBe(false);
    expect(await checker().verify(person, await codeIn(0))).toEqual({ kind: 'not-enrolled' });
    const { secret } = await enrolments().enrol(person, 'operator:tests');
    expect(await checker().verify(person, await codeAt(secret, await now()))).toMatchObject({
      kind: 'ok',
    });
  });

  test('it is told which one somebody has: none, the one that a code was of, or another one', async () => {
    expect(await checker().enrolledAt(fresh())).toBeNull();
    const { person, codeIn } = await enrolled();
    const first = await checker().enrolledAt(person);
    expect(await checker().verify(person, await codeIn(0))).toEqual({
      kind: 'ok',
      enrolledAt: first,
    });
    expect(await checker().enrolledAt(person)).toBe(first); // a code changes nothing of that
    expect(await checker(ringOf(2, 1)).verify(person, await codeIn(1))).toMatchObject({
      kind: 'ok',
    });
    expect(await checker().enrolledAt(person)).toBe(first); // nor does another key
    await enrolments().revoke(person, 'operator:tests');
    expect(await checker().enrolledAt(person)).toBeNull();
    await setUp().pass(1);
    await enrolments().enrol(person, 'operator:tests');
    expect(await checker().enrolledAt(person)).toBeGreaterThan(first ?? Infinity);
  });

  test('without the key of the secret every code is refused, and the key is named', async () => {
    const { person, codeIn } = await enrolled();
    const code = await codeIn(0);
    const none = createSecondFactor(rows(), null);
    expect(none.hasKey).toBe(false);
    expect(await none.verify(person, code)).toMatchObject({ kind: 'no-key' });
    const refused = await checker(ringOf(2)).verify(person, code);
    expect(refused).toEqual({ kind: 'no-key', why: expect.stringContaining(ring.current) });
    expect(await checker().verify(person, code)).toMatchObject({ kind: 'ok' });
  });

  test('an older key still reads, and what it read is encrypted with the new one from then on', async () => {
    const { person, codeIn } = await enrolled();
    const both = ringOf(2, 1);
    expect(await checker(both).verify(person, await codeIn(0))).toMatchObject({ kind: 'ok' });
    expect(await checker(ringOf(2)).verify(person, await codeIn(1))).toMatchObject({ kind: 'ok' });
    expect(await checker().verify(person, await codeIn(1))).toMatchObject({ kind: 'no-key' });
  });

  test('a secret that was changed or taken from somebody else is refused as changed', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const theirs = (await rows().find(factorSubject(other.person))).state.sealed;
    const mine = await rows().find(factorSubject(one.person));
    const entry = { event: 'forged', actor: 'somebody', facts: {} };
    const subject = factorSubject(one.person);
    const write = (version: number, sealed: typeof theirs) =>
      rows().write({ subject, version, state: { ...mine.state, sealed }, entry });
    expect(await write(mine.version, theirs)).toBe(true);
    const changed = { kind: 'no-key', why: expect.stringContaining('was changed') };
    expect(await checker().verify(one.person, await other.codeIn(0))).toEqual(changed);
    const bytes = Buffer.from(mine.state.sealed?.text ?? '', 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const bent = { text: bytes.toString('base64'), keyId: ring.current };
    expect(await write(mine.version + 1, bent)).toBe(true);
    expect(await checker().verify(one.person, await one.codeIn(0))).toEqual(changed);
  });

  test('only who read the latest writes, and only in time', async () => {
    const { person } = await enrolled();
    const subject = factorSubject(person);
    const { version, state } = await rows().find(subject);
    const entry = { event: 'test', actor: 'gatehouse', facts: {} };
    expect(await rows().write({ subject, version: version - 1, state, entry })).toBe(false);
    const late = { from: 0, to: await now() };
    expect(await rows().write({ subject, version, state, entry, within: late })).toBe(false);
    const early = { from: (await now()) + 60_000, to: Number.MAX_SAFE_INTEGER };
    expect(await rows().write({ subject, version, state, entry, within: early })).toBe(false);
    const untouched = `second-factor:T1/${randomUUID()}`;
    const first = { subject: untouched, version: 0, state: noFactor, entry, within: late };
    expect(await rows().write(first)).toBe(false);
    expect(await records(person)).toHaveLength(1);
  });

  test('everything that happens to it is written down, and no code or secret ever is', async () => {
    const { person, codeIn } = await enrolled();
    const [right, wrong] = [await codeIn(0), await wrongCode(codeIn)];
    await checker().verify(person, right);
    await checker().verify(person, wrong);
    await enrolments().revoke(person, 'operator:tests');
    const told = await records(person);
    expect(told.map(({ event, actor }) => [event, actor])).toEqual([
      ['second-factor.enrolled', 'operator:tests'],
      ['second-factor.accepted', `user:T1/${person.id}`],
      ['second-factor.wrong', `user:T1/${person.id}`],
      ['second-factor.revoked', 'operator:tests'],
    ]);
    const text = JSON.stringify(told.map(({ facts }) => facts));
    expect(text).not.toMatch(/\d{6}(?!\d)(?<!\d{7})/);
    expect(text).not.toContain(right);
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });

  test('all who have one are listed, with their key and without their secret', async () => {
    const { person } = await enrolled();
    const one = (await enrolments().list()).find(({ person: who }) => who === `T1/${person.id}`);
    expect(one).toEqual({
      person: `T1/${person.id}`,
      enrolledAt: expect.any(Number),
      keyId: ring.current,
      readable: true,
    });
    const unread = await enrolments(ringOf(3)).list();
    expect(unread.find(({ person: who }) => who === `T1/${person.id}`)?.readable).toBe(false);
    await enrolments().revoke(person, 'operator:tests');
    const people = (await enrolments().list()).map(({ person: who }) => who);
    expect(people).not.toContain(`T1/${person.id}`);
  });
}
