import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../../../workspace/page/state/address.ts';

test('an address names persons, places and what is open', () => {
  expect(readAddress('#left=U1/C1&right=U2/home&panes=one&drawer=traffic')).toEqual({
    left: { person: 'U1', place: 'C1', thread: null },
    right: { person: 'U2', place: 'home', thread: null },
    panes: 1,
    drawer: 'traffic',
  });
});

test.each(['', '#', '#left=&right=//', '#panes=9&drawer=x', '#%%%'])(
  '%j chooses nothing',
  (hash) => {
    const nothing = { person: null, place: null, thread: null };
    expect(readAddress(hash)).toEqual({ left: nothing, right: nothing, panes: 2, drawer: null });
  },
);

const id = fc.string({ minLength: 1, unit: fc.constantFrom(...'ABCU019.') });
const spot = fc.oneof(
  fc.record({ person: fc.constant(null), place: fc.constant(null), thread: fc.constant(null) }),
  fc.record({ person: id, place: fc.constant(null), thread: fc.constant(null) }),
  fc.record({ person: id, place: id, thread: fc.option(id) }),
);
const address = fc.record({
  left: spot,
  right: spot,
  panes: fc.constantFrom<1 | 2>(1, 2),
  drawer: fc.constantFrom('traffic' as const, 'people' as const, null),
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(address, (wanted) => {
      expect(readAddress(writeAddress(wanted))).toEqual(wanted);
    }),
  );
});
