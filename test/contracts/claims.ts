import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Claims, claimLasts, claimSubject, noticeIn } from '../../src/core/claims.ts';
import type { Store } from '../../src/store/open-store.ts';

/** A store whose claims are under test. */
export interface ClaimsSetUp {
  store: Pick<Store, 'claims' | 'audit' | 'outbox'>;
  /** Lets so many milliseconds pass for the database. */
  pass(ms: number): Promise<void>;
}

const one = { id: 'U1', team: 'T1' };
const two = { id: 'U2', team: 'T1' };
const hour = claimLasts.usual;

/** What every implementation of {@link Claims} must do. */
export function claimsContract(setUp: () => ClaimsSetUp) {
  const claims = (): Claims => setUp().store.claims;
  const fresh = () => `rms-auth@${randomUUID()}`;
  const story = async (target: string) => {
    const found = await setUp().store.audit.find({ subject: claimSubject(target), limit: 20 });
    return found.toReversed().map(({ event, actor, version }) => `${version} ${event} ${actor}`);
  };
  const notices = async (target: string) => {
    const rows = await setUp().store.outbox.take(500);
    for (const { id } of rows) {
      const posted = { channel: 'D1', ts: randomUUID() };
      await setUp().store.outbox.report(id, { kind: 'shown', version: 1, posted });
    }
    return rows
      .filter(({ subject }) => noticeIn(subject)?.subject === claimSubject(target))
      .map(({ kind, to }) => `${kind} ${to}`);
  };

  test('a target that nobody has claimed can be claimed, by one', async () => {
    const target = fresh();
    expect(await claims().on(target)).toEqual([]);
    const claimed = await claims().claim(target, one, 'a look at the heap', hour);
    const claim = { target, by: one, reason: 'a look at the heap' };
    expect(claimed).toMatchObject({ kind: 'claimed', claim });
    expect(await claims().claim(target, two, 'me too', hour)).toMatchObject({
      kind: 'taken',
      claim,
    });
    expect(await claims().on(target)).toMatchObject([claim]);
    expect(await claims().all()).toContainEqual(expect.objectContaining(claim));
    expect(await story(target)).toEqual(['1 claim.claimed user:T1/U1']);
  });

  test('whoever has it can have it for longer, and let go of it', async () => {
    const target = fresh();
    await claims().claim(target, one, 'first', hour);
    const longer = await claims().claim(target, one, 'second', 2 * hour);
    expect(longer).toMatchObject({ kind: 'prolonged', claim: { reason: 'second' } });
    expect(await claims().release(target, one)).toMatchObject({ kind: 'released' });
    expect(await claims().release(target, one)).toEqual({ kind: 'none' });
    expect(await claims().on(target)).toEqual([]);
    expect(await story(target)).toEqual([
      '1 claim.claimed user:T1/U1',
      '2 claim.prolonged user:T1/U1',
      '3 claim.released user:T1/U1',
    ]);
    expect(await notices(target)).toEqual([]);
    expect(await claims().claim(target, two, 'now me', hour)).toMatchObject({ kind: 'claimed' });
  });

  test('nobody ends the claim of another by mistake; who does on purpose is written down, and the other is told', async () => {
    const target = fresh();
    await claims().claim(target, one, 'first', hour);
    expect(await claims().release(target, two)).toMatchObject({ kind: 'not-yours' });
    expect(await claims().on(target)).toHaveLength(1);
    expect(await claims().release(target, two, 'they are asleep')).toMatchObject({
      kind: 'taken-away',
      claim: { by: one },
    });
    expect(await claims().on(target)).toEqual([]);
    expect(await story(target)).toContain('2 claim.taken-away user:T1/U2');
    expect(await notices(target)).toEqual(['claim user:U1']);
  });

  test('it ends by itself by the clock of the database, which is written down once and told once', async () => {
    const target = fresh();
    await claims().claim(target, one, 'first', 60_000);
    await setUp().pass(59_000);
    await claims().endDue();
    expect(await claims().on(target)).toHaveLength(1);
    await setUp().pass(2_000);
    expect(await claims().on(target)).toEqual([]);
    await Promise.all([claims().endDue(), claims().endDue()]);
    await claims().endDue();
    expect(await story(target)).toEqual(['1 claim.claimed user:T1/U1', '2 claim.ended gatehouse']);
    expect(await notices(target)).toEqual(['claim user:U1']);
  });

  test('what is over can be claimed before anybody has written down that it is over', async () => {
    const target = fresh();
    await claims().claim(target, one, 'first', 60_000);
    await setUp().pass(61_000);
    expect(await claims().release(target, one)).toEqual({ kind: 'none' });
    expect(await claims().claim(target, two, 'now me', hour)).toMatchObject({ kind: 'claimed' });
    await claims().endDue();
    expect(await claims().on(target)).toMatchObject([{ by: two }]);
  });

  test('all of an environment and a target of it keep each other from others, not from the same person', async () => {
    const env = randomUUID();
    const [part, whole] = [`rms-auth@${env}`, `all@${env}`];
    await claims().claim(part, one, 'first', hour);
    expect(await claims().claim(whole, two, 'all', hour)).toMatchObject({
      kind: 'taken',
      claim: { target: part },
    });
    expect(await claims().claim(whole, one, 'all', hour)).toMatchObject({ kind: 'claimed' });
    await claims().release(part, one);
    expect(await claims().claim(`new@${env}`, two, 'one', hour)).toMatchObject({ kind: 'taken' });
    expect(await claims().on(`new@${env}`)).toMatchObject([{ target: whole }]);
    expect(await claims().on(`rms-auth@other-${env}`)).toEqual([]);
  });

  test('of any number who claim what is in each other’s way at once, one person gets it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const env = randomUUID();
      await claims().claim(`all@${env}`, one, 'before', hour);
      await claims().release(`all@${env}`, one);
      const got = await Promise.all(
        Array.from({ length: 8 }, (_, n) => {
          const by = { id: `U${n}`, team: 'T1' };
          return claims().claim(n % 2 === 0 ? `all@${env}` : `rms-auth@${env}`, by, 'me', hour);
        }),
      );
      expect(got.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    }
  });

  test('the same id in another team is another person', async () => {
    const target = fresh();
    await claims().claim(target, one, 'first', hour);
    const other = { ...one, team: 'T2' };
    expect(await claims().claim(target, other, 'me', hour)).toMatchObject({ kind: 'taken' });
    expect(await claims().release(target, other)).toMatchObject({ kind: 'not-yours' });
  });
}
