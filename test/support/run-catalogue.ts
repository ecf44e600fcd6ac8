import { stringify } from 'yaml';
import { channels, groups, team } from '../../workspace/people.ts';

/** Where the stories about runs have their requests approved. */
export const approvals = channels.authOps;

/** A configuration file for services in production, each with these sections of drivers. */
export const runCatalogue = (
  services: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): string =>
  stringify({
    version: 1,
    slack: { team: team.id, pace: { all: 'none' } }, // the workspace of tests has no limits
    channels: { approvals },
    roles: {
      viewer: { members: [`group:${groups.viewers}`] },
      oncall: { members: [`group:${groups.oncall}`] },
      manager: { members: [`group:${groups.managers}`] },
      security: { members: [`group:${groups.security}`] },
      auditor: { members: [`group:${groups.auditors}`] },
    },
    grants: [
      { role: '*', allow: ['risk:read'] },
      { role: ['oncall', 'manager', 'auditor'], allow: ['risk:read-sensitive'] },
      { role: ['oncall', 'manager'], allow: ['risk:low', 'risk:high'] },
    ],
    limits: { per_person: { high: 'none', destructive: 'none' }, per_target: { restart: 'none' } },
    services: Object.fromEntries(
      Object.entries(services).map(([name, drivers]) => [
        name,
        { title: `The service ${name}`, runbook: '000', environments: { prod: drivers } },
      ]),
    ),
  });
