import { expect, test } from 'vitest';
import { type NoteSubject, notesAMinute } from '../../src/core/audit.ts';
import type { Store } from '../../src/store/open-store.ts';

/** Where notes are kept, and a way to let time pass for it. */
export interface NotesSetUp {
  store: Pick<Store, 'notes' | 'audit'>;
  pass(ms: number): Promise<void>;
}

/** What every implementation of `Notes` must do. */
export function notesContract(setUp: () => NotesSetUp) {
  let made = 0;
  const newSubject = (): NoteSubject => {
    made += 1;
    return `system:test-${made}`;
  };
  const note = (subject: NoteSubject, n = 0) =>
    setUp().store.notes.append(subject, {
      event: 'click.refused',
      actor: 'user:T1/U1',
      facts: { n, said: '"\u0000\ud800 <!channel>' },
    });
  const records = async (subject: string) =>
    (await setUp().store.audit.find({ subject, limit: 1_000 })).toReversed();

  test('a note is one record in a chain of its own, and the log is whole', async () => {
    const subject = newSubject();
    await note(subject, 1);
    await note(subject, 2);
    expect(await records(subject)).toMatchObject([
      { subject, version: 1, event: 'click.refused', actor: 'user:T1/U1', facts: { n: 1 } },
      { subject, version: 2, facts: { n: 2, said: '"\uFFFD\uFFFD <!channel>' } },
    ]);
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });

  test('notes that are made at once are all there, each once', async () => {
    const subject = newSubject();
    await Promise.all(Array.from({ length: 8 }, (_, n) => note(subject, n)));
    const found = await records(subject);
    expect(found.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(found.map(({ facts }) => facts.n)).size).toBe(8);
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });

  test('more than so many in a minute are only counted, and the next record says how many', async () => {
    const subject = newSubject();
    for (let n = 0; n < notesAMinute + 30; n += 1) await note(subject, n);
    const first = await records(subject);
    const within = first.filter(({ event }) => event === 'click.refused').length;
    expect(within).toBeGreaterThanOrEqual(notesAMinute);
    expect(within).toBeLessThanOrEqual(2 * notesAMinute); // when a minute ended on the way
    await setUp().pass(60_000);
    await note(subject, 99);
    const all = await records(subject);
    const counts = all.filter(({ event }) => event.endsWith('.left-out'));
    const counted = counts.reduce((sum, { facts }) => sum + Number(facts.count), 0);
    expect(within + counted).toBe(notesAMinute + 30);
    expect(all.at(-1)).toMatchObject({ event: 'click.refused', facts: { n: 99 } });
    expect(all.at(-2)).toMatchObject({
      event: expect.stringMatching(/^test-\d+\.left-out$/),
      actor: 'gatehouse',
      facts: { count: expect.any(Number), since: expect.any(Number) },
    });
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });

  test('many of one subject leave the room of another as it is', async () => {
    const [one, other] = [newSubject(), newSubject()];
    for (let n = 0; n < notesAMinute + 5; n += 1) await note(one, n);
    await note(other);
    expect(await records(other)).toHaveLength(1);
  });
}
