import { describe, expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import type { ApprovalPolicy } from '../../src/core/approval-policy.ts';
import { defaultApprovals, usualSets } from '../../src/core/default-approvals.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { lintApprovals } from '../../src/permissions/lint-approvals.ts';
import { full, linted, rolesOf, rule } from './lint/linted-house.ts';

const { confirm, none, one, two } = usualSets as Record<string, ApprovalSet>;
const { production } = defaultApprovals;
const found = (...change: Parameters<typeof linted>) => lintApprovals(linted(...change));
const withSets = (change: Partial<ApprovalPolicy['production']>, more = {}): ApprovalPolicy => ({
  ...defaultApprovals,
  production: { ...production, ...change },
  ...more,
});

describe('a policy', () => {
  test('is right when everybody who is needed is there', () => {
    expect(found()).toEqual([]);
  });

  test('is refused for a grant, a rule or a break-glass that makes no sense, wherever else it is right', () => {
    const grants = [rule({ allow: ['risk:high'] }), rule({ allow: ['restart'] })];
    expect(found({ policy: { roles: rolesOf(full), grants } })).toEqual([
      expect.stringMatching(/^grants\[1\]: it changes nothing/),
    ]);
    const rules = [{ action: ['nothing'], set: two as ApprovalSet }];
    expect(found({ approvals: withSets({}, { rules }) })).toEqual([
      expect.stringMatching(/^approvals\.rules\[0\]: there is nothing that it is about/),
    ]);
    const breakGlass = {
      ...{ roles: ['oncall'], onCall: ['oncall'], never: [], perPerson: 2, global: 5 },
      notify: { roles: ['manager', 'security'], channel: 'C0SECURITY' },
      review: { by: ['manager'], within: 86_400_000 },
    };
    expect(found({ approvals: withSets({}, { breakGlass }) })).toEqual([
      expect.stringMatching(/^break_glass\.on_call: /),
    ]);
  });

  test('tells somebody when nobody decides: at some moment from now on', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    const shift = (from: number, to: number) => ({
      shifts: [{ who: ['user:U5'], from: now + from, to: now + to }],
      weekly: null,
    });
    const oncall = { gone: shift(-2_000, -1_000), later: shift(1_000, 2_000) };
    const grants = [rule({ allow: ['risk:high'] })];
    const policy = { roles: rolesOf(full), grants, oncall };
    const telling = (to: string[]) => {
      const set = { ...(one as ApprovalSet), escalate: { after: 60_000, to } };
      return found({ policy, approvals: withSets({ high: set }) });
    };
    for (const to of ['role:manager', 'user:U9', 'group:S9', 'oncall:later']) {
      expect(telling([to, 'oncall:gone'])).toEqual([]);
    }
    expect(telling(['oncall:gone'])).toEqual([
      'approvals.sets.one.escalate.to: nobody is behind oncall:gone, now or later; name somebody, or remove the escalation.',
    ]);
  });

  test('needs no approvers while nobody may change anything', () => {
    expect(found({ policy: defaultPolicy })).toEqual([]);
    const grants = [rule({ role: '*', allow: ['status', 'risk:read'] })];
    expect(found({ policy: { roles: {}, grants } })).toEqual([]);
  });

  test('names a role that nobody holds, used or not', () => {
    expect(found({ roles: { ...full, visitor: [] } })).toEqual([
      'roles.visitor.members: nobody holds the role; name somebody, or remove it where it is named and here.',
    ]);
  });

  test('names a role that a set asks and that there is not', () => {
    const { security: _gone, ...rest } = full;
    expect(found({ roles: rest })).toEqual([
      'approvals.environments.production.destructive: “two” asks the role security, which nobody holds; name somebody under roles.security.members, or say under approvals.sets.two whom it asks.',
    ]);
  });

  test('says of a role that there is not only that, and not that there are too few people', () => {
    const asks = { ...(two as ApprovalSet), slots: [{ n: 2, anyOf: ['legal'] }] };
    const said = found({ approvals: withSets({ destructive: asks }) });
    expect(said.filter((one) => one.includes('.destructive: '))).toEqual([
      expect.stringMatching(/asks the role legal, which nobody holds/),
    ]);
  });

  test('cannot ask one person with two roles for both', () => {
    const both = { oncall: ['user:U1'], manager: ['user:U2'], security: ['user:U2'] };
    expect(found({ roles: both })).toEqual([
      expect.stringMatching(
        /^approvals\.environments\.production\.destructive: there are not enough people to fill “two”/,
      ),
      expect.stringMatching(/^kill_switch\.lifted_by: there are not two people/),
    ]);
  });

  test('cannot ask the only one who may ask', () => {
    const alone = { manager: ['user:U1', 'user:U2'], security: ['user:U4'] };
    const grants = [rule({ role: 'manager', allow: ['risk:high'] })];
    const approvals = withSets({
      high: { ...one, slots: [{ n: 2, anyOf: ['manager'] }] } as never,
    });
    expect(found({ approvals, policy: { roles: rolesOf(alone), grants } })).toEqual([
      expect.stringMatching(/^approvals\.environments\.production\.high: there are not enough/),
    ]);
  });

  test('takes a user group for people enough', () => {
    const group = { oncall: ['user:U1'], manager: ['group:S1'], security: ['group:S1'] };
    expect(found({ roles: group })).toEqual([]);
  });
});

describe('an approval set', () => {
  test.each([
    ['the requester’s own word', confirm],
    ['nothing', none],
    ['slots of nobody', { ...none, slots: [{ n: 0, anyOf: ['manager'] }] }],
  ])('in production is never only %s for high risk', (_what, set) => {
    expect(found({ approvals: withSets({ high: set as ApprovalSet }) })).toEqual([
      expect.stringMatching(
        /^approvals\.environments\.production\.high: “.+” asks nobody but the requester/,
      ),
    ]);
  });

  test('asks two people for what is destructive in production', () => {
    expect(found({ approvals: withSets({ destructive: one as ApprovalSet }) })).toEqual([
      expect.stringMatching(
        /^approvals\.environments\.production\.destructive: “one” asks one person .* approvals\.lax/,
      ),
    ]);
  });

  test('asks them in an environment by its name as well', () => {
    const approvals = { ...defaultApprovals, environments: { prod: { destructive: one } } };
    expect(found({ approvals: approvals as ApprovalPolicy })).toEqual([
      expect.stringMatching(/^approvals\.environments\.prod\.destructive: “one” asks one person/),
    ]);
    const staging = { ...defaultApprovals, environments: { staging: { destructive: confirm } } };
    expect(found({ approvals: staging as ApprovalPolicy })).toEqual([]);
  });

  test('may ask for less where the file says why, and only where it does', () => {
    const lax = [{ env: 'production', risk: 'destructive' as const, because: 'it is a demo' }];
    expect(found({ approvals: withSets({ destructive: one as ApprovalSet }, { lax }) })).toEqual(
      [],
    );
    expect(found({ approvals: withSets({ high: confirm as ApprovalSet }, { lax }) })).toHaveLength(
      2,
    );
    const other = [{ ...lax[0], env: 'elsewhere' }];
    const approvals = withSets({ destructive: one as ApprovalSet }, { lax: other });
    expect(found({ approvals })).toEqual([
      expect.stringMatching(/^approvals\.environments\.production\.destructive: “one”/),
      expect.stringMatching(/^approvals\.lax\[0\]: what destructive risk needs in elsewhere/),
    ]);
    expect(found({ approvals: withSets({}, { lax }) })).toEqual([
      'approvals.lax[0]: what destructive risk needs in production is not lax; remove the entry.',
    ]);
  });

  test.each([['incident', { incident: 'required' as const }]])(
    'that demands %s is refused while nobody makes sure of it',
    (key, demand) => {
      const approvals = withSets({ destructive: { ...two, ...demand } as ApprovalSet });
      const noncommittal = [key as 'incident'];
      expect(found({ approvals, unenforced: noncommittal })).toEqual([
        expect.stringMatching(new RegExp(`^approvals\\.sets\\.two\\.${key}: this version`)),
      ]);
      expect(found({ approvals })).toEqual([]);
    },
  );
});

describe('letting changes go on', () => {
  const lifting = (roles: string[], people = full) =>
    found({
      policy: {
        ...linted({ roles: people }).policy,
        lifting: roles,
      },
    });

  test('takes two people who hold the roles', () => {
    expect(lifting(['security'])).toEqual([
      expect.stringMatching(
        /^kill_switch\.lifted_by: there are not two people with the role security/,
      ),
    ]);
    expect(lifting(['security', 'lead'])).toEqual([
      expect.stringContaining('with the role security or lead, so nobody'),
    ]);
    expect(lifting(['security', 'manager'])).toEqual([]);
    expect(lifting(['security'], { ...full, security: ['user:U4', 'user:U5'] })).toEqual([]);
  });
});

describe('a role that is held by whoever is on call', () => {
  const day = 86_400_000;
  const { now } = linted();
  const house = (who: string[]) => {
    const shifts = [{ who, from: now + day, to: now + 2 * day }];
    const { policy } = linted({ roles: { ...full, relief: ['oncall:relief'] } });
    return { ...policy, oncall: { relief: { shifts, weekly: null } } };
  };

  test('is held by somebody when anybody ever is', () => {
    expect(found({ policy: house(['user:U9']) })).toEqual([]);
    expect(found({ policy: house([]) })).toEqual([
      expect.stringMatching(/^roles\.relief\.members: nobody holds the role/),
    ]);
  });

  test('lets changes go on when two people ever are', () => {
    const lifting = ['relief'];
    expect(found({ policy: { ...house(['user:U8', 'user:U9']), lifting } })).toEqual([]);
    expect(found({ policy: { ...house(['user:U9']), lifting } })).toEqual([
      expect.stringMatching(/^kill_switch\.lifted_by: /),
    ]);
  });
});

describe('of several places', () => {
  const lone: ApprovalSet = { ...(one as ApprovalSet), slots: [{ n: 5, anyOf: ['manager'] }] };
  const crowded = expect.stringMatching(/there are not enough people to fill “one”/);

  test('each that cannot be filled is named: elsewhere, in an environment, by a rule', () => {
    const elsewhere = { ...defaultApprovals.elsewhere, high: lone };
    expect(found({ approvals: { ...defaultApprovals, elsewhere } })).toEqual([
      expect.stringMatching(/^approvals\.environments\.elsewhere\.high: /),
    ]);
    const environments = { prod: { high: lone } };
    expect(found({ approvals: { ...defaultApprovals, environments } })).toEqual([
      expect.stringMatching(/^approvals\.environments\.prod\.high: /),
    ]);
    const rules = [
      { set: two as ApprovalSet },
      { action: ['restart'], risk: ['high' as const], set: lone },
    ];
    const [, first] = [
      null,
      ...found({ approvals: { ...defaultApprovals, rules: rules.slice(1) } }),
    ];
    expect(first).toMatch(/^approvals\.rules\[0\]\.approval: /);
    expect(first).toEqual(crowded);
  });

  test('what is elsewhere does not matter where everything is production', () => {
    const elsewhere = { ...defaultApprovals.elsewhere, high: lone };
    const house = linted();
    const services = house.catalogue.services.filter(({ name }) => name === 'rms-auth');
    const catalogue = { ...house.catalogue, services };
    expect(found({ approvals: { ...defaultApprovals, elsewhere }, catalogue })).toEqual([]);
  });
});
