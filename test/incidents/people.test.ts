import { describe, expect, test } from 'vitest';
import {
  deadline,
  declared,
  done,
  dueAt,
  having,
  meet,
  minute,
  refusal,
  ten,
  wake,
} from './stage.ts';

const acknowledged = () =>
  having(declared({ page: false }), [{ kind: 'acknowledge' }, { at: ten }]);

describe('whoever acknowledged', () => {
  test('of a SEV1 is asked after 30 minutes without a sign of life, of a SEV2 after 60', () => {
    expect(dueAt(acknowledged(), 'still-on-it')).toBe(30);
    const second = having(declared({ severity: 2 }), [{ kind: 'acknowledge' }, { at: ten }]);
    expect(dueAt(second, 'still-on-it')).toBe(60);
  });

  test('has 5 minutes to say so; then nobody has it and the ladder begins', () => {
    const asked = meet(acknowledged(), 'still-on-it');
    expect(asked.told).toContain('user:U-sam 0');
    expect(dueAt(asked.incident, 'still-on-it')).toBe(35);
    const expired = meet(asked.incident, 'still-on-it');
    expect(expired.incident.acknowledged).toBeNull();
    expect(dueAt(expired.incident, 'acknowledge')).toBe(40);
    expect(expired.told).toEqual(['incident:INC-42 0', 'user:U-sam 0', 'user:U-primary 0']);
  });

  test('who says so is left alone for as long again', () => {
    const asked = meet(acknowledged(), 'still-on-it').incident;
    const stays = done(asked, { kind: 'stay' }, { at: ten + 32 * minute }).incident;
    expect(dueAt(stays, 'still-on-it')).toBe(62);
  });

  test('who was asked and does something instead is on it', () => {
    const asked = meet(acknowledged(), 'still-on-it').incident;
    const active = having(asked, [{ kind: 'no-change', text: null }, { at: ten + 33 * minute }]);
    expect(deadline(active, 'still-on-it')).toEqual({
      kind: 'still-on-it',
      at: ten + 63 * minute,
      step: 0,
    });
  });

  test.each([
    ['an update', { kind: 'no-change', text: null }],
    ['a change of state', { kind: 'move', to: 'identified', reason: null }],
    ['a role', { kind: 'take-role', role: 'operations' }],
  ] as const)('%s is a sign of life', (_what, command) => {
    const active = having(acknowledged(), [command, { at: ten + 20 * minute }]);
    expect(dueAt(active, 'still-on-it')).toBe(50);
  });

  test('gives one by a run, and by a message of their own, not by one of somebody else', () => {
    const run = { kind: 'run', run: 'R1', event: 'begun', by: 'U-dana', facts: null } as const;
    const ran = having(acknowledged(), [run, { by: null, at: ten + 10 * minute }]);
    expect(dueAt(ran, 'still-on-it')).toBe(40);
    const note = {
      key: 'C1:1',
      text: 'hm',
      at: ten,
      permalink: null,
      files: [],
      how: 'pin',
    } as const;
    const own = { kind: 'add-note', note: { ...note, author: 'U-sam' } } as const;
    const other = { kind: 'add-note', note: { ...note, author: 'U-anybody' } } as const;
    expect(dueAt(having(acknowledged(), [own, { at: ten + 10 * minute }]), 'still-on-it')).toBe(40);
    expect(dueAt(having(acknowledged(), [other, { at: ten + 10 * minute }]), 'still-on-it')).toBe(
      30,
    );
  });

  test('is not blamed for a time in which nobody could tell', () => {
    const asked = wake(acknowledged(), ten + 12 * minute).at(-1)?.incident ?? acknowledged();
    const all = wake(asked, ten + 67 * minute);
    expect(all.map(({ event }) => event)).not.toContain('incident.still-on-it-asked');
    expect(dueAt(all.at(-1)?.incident ?? asked, 'still-on-it')).toBe(97);
  });
});

describe('a severity that nobody was sure of', () => {
  test('is asked for after 10 minutes, three times', () => {
    let incident = declared({ severity: null });
    const times: unknown[] = [];
    for (let n = 0; deadline(incident, 'confirm-severity') && n < 9; n += 1) {
      times.push(dueAt(incident, 'confirm-severity'));
      incident = meet(incident, 'confirm-severity').incident;
    }
    expect(times).toEqual([10, 20, 30]);
  });

  test('is confirmed by saying the same', () => {
    const sure = done(declared({ severity: null }), { kind: 'set-severity', to: 2, reason: null });
    expect(sure.incident.provisional).toBe(false);
    expect(deadline(sure.incident, 'confirm-severity')).toBeUndefined();
    expect(dueAt(sure.incident, 'update')).toBe(30);
  });
});

describe('a role', () => {
  const take = { kind: 'take-role', role: 'commander' } as const;

  test('that somebody has only by declaring is there to be taken, any other is not', () => {
    const taken = done(declared(), take, { by: 'U-dana' }).incident;
    expect(taken.roles.commander?.by).toBe('U-dana');
    expect(refusal(taken, take, { by: 'U-kim' })).toMatchObject({
      kind: 'may-not',
      holders: ['manager'],
    });
    expect(refusal(taken, take, { by: 'U-dana' })).toMatchObject({ kind: 'already' });
    expect(done(taken, take, { by: 'U-kim', holds: ['manager'] }).facts).toMatchObject({
      had: 'U-dana',
    });
  });

  test('that was offered stays with its holder until it is accepted', () => {
    const offer = { kind: 'offer-role', role: 'commander', to: 'U-ana' } as const;
    const offered = done(declared(), offer, { at: ten });
    expect(offered.told).toContain('user:U-ana 0');
    expect(offered.incident.roles.commander?.by).toBe('U-sam');
    expect(refusal(offered.incident, offer)).toMatchObject({ kind: 'already' });
    expect(
      refusal(offered.incident, { kind: 'accept-role', role: 'commander' }, { by: 'U-kim' }),
    ).toMatchObject({
      kind: 'not-yours',
      whose: 'U-ana',
    });
    const accepted = done(
      offered.incident,
      { kind: 'accept-role', role: 'commander' },
      { by: 'U-ana' },
    );
    expect(accepted.incident.roles.commander?.by).toBe('U-ana');
    expect(deadline(accepted.incident, 'handover')).toBeUndefined();
    expect(accepted.told).toContain('user:U-sam 1');
    expect(
      refusal(accepted.incident, { kind: 'accept-role', role: 'commander' }, { by: 'U-ana' }),
    ).toMatchObject({ kind: 'already' });
  });

  test('that nobody accepts for 10 minutes stays where it is, and both hear that', () => {
    const offered = done(
      declared(),
      { kind: 'offer-role', role: 'commander', to: 'U-ana' },
      { at: ten },
    );
    expect(dueAt(offered.incident, 'handover')).toBe(10);
    const expired = meet(offered.incident, 'handover');
    expect(expired.told).toEqual(['incident:INC-42 1', 'user:U-sam 1', 'user:U-ana 1']);
    expect(expired.incident.roles.commander?.by).toBe('U-sam');
    expect(
      refusal(expired.incident, { kind: 'accept-role', role: 'commander' }, { by: 'U-ana' }),
    ).toMatchObject({ kind: 'not-now', why: 'The offer to be commander does not stand any more.' });
  });

  test('has ended after ten minutes also while nobody has noticed that', () => {
    const offered = having(declared(), [
      { kind: 'offer-role', role: 'commander', to: 'U-ana' },
      { at: ten },
    ]);
    const accept = { kind: 'accept-role', role: 'commander' } as const;
    const end = ten + 10 * minute;
    expect(refusal(offered, accept, { by: 'U-ana', at: end })).toMatchObject({ kind: 'not-now' });
    expect(having(offered, [accept, { by: 'U-ana', at: end - 1 }]).roles.commander?.by).toBe(
      'U-ana',
    );
  });

  test('that is refused stays where it is, with the reason', () => {
    const offered = having(declared(), { kind: 'offer-role', role: 'commander', to: 'U-ana' });
    const no = done(
      offered,
      { kind: 'refuse-role', role: 'commander', reason: 'in a train' },
      { by: 'U-ana' },
    );
    expect(no.facts).toMatchObject({ reason: 'in a train' });
    expect(no.told).toContain('user:U-sam 0');
    expect(no.incident.handovers).toEqual([]);
  });

  test('is given away by its holder, whoever leads, or a manager', () => {
    const taken = having(declared(), [{ kind: 'take-role', role: 'scribe' }, { by: 'U-kim' }]);
    const leave = { kind: 'leave-role', role: 'scribe' } as const;
    expect(refusal(taken, leave, { by: 'U-dana' })).toMatchObject({
      kind: 'may-not',
      roles: ['commander'],
    });
    expect(done(taken, leave, { by: 'U-kim' }).incident.roles.scribe).toBeUndefined();
  });

  test('of the commander that nobody has is said after 5 minutes, with a call to whoever is on call', () => {
    const left = having(declared({ page: false }), [
      { kind: 'leave-role', role: 'commander' },
      { at: ten + minute },
    ]);
    expect(dueAt(left, 'role-unclaimed')).toBe(6);
    const said = meet(left, 'role-unclaimed');
    expect(said.told).toEqual(['incident:INC-42 0', 'user:U-primary 0']);
    expect(meet(said.incident, 'role-unclaimed').told).toContain('user:U-manager 0');
  });

  test('of communications that nobody has is said once in a SEV1', () => {
    const said = meet(declared(), 'role-unclaimed');
    expect(said.facts).toMatchObject({ role: 'communications' });
    expect(deadline(said.incident, 'role-unclaimed')).toBeUndefined();
    expect(deadline(declared({ severity: 3 }), 'role-unclaimed')).toBeUndefined();
  });

  describe('while others come on call', () => {
    const dana = { kind: 'shift', oncall: ['U-dana', 'U-kim'] } as const;

    test('is offered to the first of them, once, and taken from nobody', () => {
      const shift = done(declared(), dana, { by: null });
      expect(shift.told).toEqual(['user:U-dana 0', 'incident:INC-42 1']);
      expect(shift.facts).toMatchObject({ to: 'U-dana', had: 'U-sam', oncall: dana.oncall });
      expect(shift.incident.roles.commander?.by).toBe('U-sam');
      const refused = done(
        shift.incident,
        { kind: 'refuse-role', role: 'commander', reason: null },
        { by: 'U-dana' },
      );
      expect(refusal(refused.incident, dana, { by: null })).toMatchObject({ kind: 'not-now' });
      const accept = { kind: 'accept-role', role: 'commander' } as const;
      const accepted = done(shift.incident, accept, { by: 'U-dana' });
      expect(accepted.incident.roles.commander?.by).toBe('U-dana');
    });

    test('is offered again when they come back later', () => {
      const back = { kind: 'shift', oncall: ['U-primary'] } as const;
      const others = having(declared(), [dana, { by: null }], {
        kind: 'take-role',
        role: 'commander',
      });
      expect(done(others, back, { by: null }).facts).toMatchObject({ to: 'U-primary' });
    });

    test('is offered to nobody as long as one of those before is on call, or nobody is', () => {
      for (const oncall of [['U-dana', 'U-primary'], []]) {
        const shift = { kind: 'shift', oncall } as const;
        expect(refusal(declared(), shift, { by: null })).toMatchObject({ kind: 'not-now' });
      }
    });

    test('stays with whoever leads it where that is one of them, and nobody is told', () => {
      const shift = { kind: 'shift', oncall: ['U-dana', 'U-sam'] } as const;
      const after = done(declared(), shift, { by: null });
      expect([after.told, after.incident.handovers]).toEqual([[], []]);
    });

    test('is theirs to whom somebody has offered it, and everybody hears who is on call', () => {
      const offered = having(declared(), { kind: 'offer-role', role: 'commander', to: 'U-ana' });
      const after = done(offered, dana, { by: null });
      expect(after.incident.handovers).toEqual(offered.handovers);
      expect(after.told).toEqual(['incident:INC-42 1']);
    });

    test('is offered to nobody who has no part in what is about security', () => {
      const after = done(declared({ security: true }), dana, { by: null });
      expect(after.incident.handovers).toEqual([]);
      expect(after.told).toEqual(['incident:INC-42 1']);
    });

    test('of what is not grave, or is over, is offered to nobody', () => {
      const over = having(declared(), { kind: 'cancel', reason: 'false-alarm', of: null });
      for (const one of [declared({ severity: 3 }), over]) {
        expect(refusal(one, dana, { by: null })).toMatchObject({ kind: 'not-now' });
      }
    });
  });
});
