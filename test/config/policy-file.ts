import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { drivers } from '../../src/targets/index.ts';

/** A file that uses every part of the policy. */
export const base = `version: 1
slack: { team: T0GATE }
roles:
  oncall: { members: ["oncall:primary"] }
  manager: { members: ["user:U0ONE", "user:U0TWO"] }
  security: { members: ["group:S0SEC"] }
grants:
  - { role: oncall, allow: ["restart"], service: rust-auth, channels: C0OPS }
oncall:
  primary:
    weekly: { people: ["user:U0ONE", "user:U0TWO"], zone: Europe/Berlin, first: "2026-11-16 09:00" }
    shifts: [{ who: "user:U0THREE", from: "2026-12-24T09:00:00+01:00", to: "2026-12-27T09:00:00+01:00" }]
approvals:
  sets:
    one: { slots: [{ any_of: [manager, security] }], expires: 20m }
    strict: { slots: [{ n: 2, any_of: manager }], reason: 30, typed_target: true, step_up: totp }
  environments:
    production: { high: strict }
    staging: { destructive: strict }
  rules:
    - { action: restart, service: [rust-auth], risk: high, role: oncall, approval: strict }
  escalators:
    - { fact: { name: users affected, over: 1000 }, to: destructive }
kill_switch: { lifted_by: [manager] }
services:
  rust-auth:
    title: Rust auth
    runbook: "002"
    environments: { prod: {}, staging: {} }
`;
const commands = { all: ['status', 'restart', 'rollback'], actions: ['restart', 'rollback'] };

/** Reads a file that is written into the folder. */
export const load = (folder: string, text: string) => {
  const path = join(folder, 'gatehouse.yml');
  writeFileSync(path, text);
  return loadConfig({ env: {}, drivers, path, commands });
};
