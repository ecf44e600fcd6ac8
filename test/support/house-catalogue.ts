import { stringify } from 'yaml';
import { groups, team } from '../../workspace/people.ts';
import { slowerThan } from './tiny-service.ts';

/** What a story's catalogue says of one service. */
export interface HouseService {
  /** Where it answers `/health`. */
  url: string;
  /** The folder of its process, and its log there; without it there is no log to read. */
  folder?: string;
}

/** A configuration file for these services, all of them in production. */
export const catalogueText = (services: Readonly<Record<string, HouseService>>): string =>
  stringify({
    version: 1,
    slack: { team: team.id, pace: { all: 'none' } }, // the workspace of tests has no limits
    roles: Object.fromEntries(
      Object.entries({
        viewer: groups.viewers,
        oncall: groups.oncall,
        manager: groups.managers,
        security: groups.security,
      }).map(([role, group]) => [role, { members: [`group:${group}`] }]),
    ),
    grants: [
      { role: '*', allow: ['risk:read'] },
      { role: ['oncall', 'manager'], allow: ['risk:read-sensitive'] },
      { role: 'viewer', deny: ['history'] },
    ],
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [name, section(name, service)]),
    ),
  });

/** The one whose slowness shows; the others may be as slow as a busy machine makes them. */
const quick = 'enterprise-auth';

const section = (name: string, { url, folder }: HouseService) => ({
  title: `The service ${name}`,
  runbook: '000',
  environments: {
    prod: {
      http: { checks: [{ name: 'health', url: `${url}/health`, expect: expectationOf(name) }] },
      ...(folder && {
        process: {
          directory: folder,
          instances: [{ name: 'api', command: ['/bin/true'] }],
          log: `${folder}/service.log`,
        },
      }),
    },
  },
});

const expectationOf = (name: string) => (name === quick ? { within: slowerThan } : {});
