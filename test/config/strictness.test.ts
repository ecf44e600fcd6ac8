import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Document, isMap, parseDocument } from 'yaml';
import { loadConfig } from '../../src/config/load-config.ts';
import { problemLine } from '../../src/config/problem.ts';
import { drivers } from '../../src/targets/index.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());
writeFileSync(join(folder.path, 'admin.token'), 'a-token-of-some-length');

const load = (text: string) => {
  const path = join(folder.path, 'gatehouse.yml');
  writeFileSync(path, text);
  return loadConfig({ env: {}, drivers, path });
};

/** Every mistake, without its place. */
const complaints = (text: string): string[] => {
  const result = load(text);
  return result.ok ? [] : result.error.map(problemLine).map((line) => line.replace(/^\S+ {2}/, ''));
};

/** A file that uses every part there is, and every driver. */
const whole = `version: 1
slack: { team: T0GATE }
defaults: { env: lab }
channels: { incidents: C0INC }
roles: { oncall: { members: ["user:U0ONE"] } }
grants: [{ role: oncall, allow: ["risk:read"] }]
accounts: { people: { "jane@example.com": "user:U0ONE" }, kept: { "root@example.com": break-glass }, domains: [example.com] }
services:
  rust-auth:
    title: Rust auth
    runbook: "002"
    environments:
      prod:
        http: { checks: [{ name: ready, url: "http://127.0.0.1:1/", expect: { status: 200 } }] }
        process: { directory: /srv, instances: [{ name: api, command: ["true"] }] }
        redis: { url: "redis://127.0.0.1:1" }
        postgres: { url: "postgres://reader@127.0.0.1:1/auth" }
        http-admin: { url: "http://127.0.0.1:1", token: "file:admin.token" }
        kubernetes: { namespace: auth, deployment: auth-service }
        cognito: { region: eu-central-1, user_pool: eu-central-1_AbCd12345 }
        evidence: { folder: /var/lib/gatehouse/evidence }
      lab: {}
`;

/** Where every object of the file stands, but for those whose keys are names that the file makes up. */
function placesIn(document: Document): (string | number)[][] {
  const named = new Set([
    ...['roles', 'services', 'services.rust-auth.environments'],
    ...['accounts.people', 'accounts.kept'],
  ]);
  const walk = (value: unknown, path: (string | number)[]): (string | number)[][] => {
    if (typeof value !== 'object' || value === null) return [];
    const below = Object.entries(value).flatMap(([key, inner]) =>
      walk(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    );
    return Array.isArray(value) || named.has(path.join('.')) ? below : [path, ...below];
  };
  return walk(document.toJS(), []);
}

const places = placesIn(parseDocument(whole));

describe('a key that nobody knows is a mistake', () => {
  test('the file without one is right, and uses every driver', () => {
    expect(complaints(whole)).toEqual([]);
    for (const { name } of drivers) expect(places.map(String).join('\n')).toContain(name);
  });

  test.each(places.map((path) => [path.join('.') || 'the top', path] as const))(
    'in %s',
    (_where, path) => {
      const document = parseDocument(whole);
      const place = path.length === 0 ? document.contents : document.getIn(path);
      if (!isMap(place)) throw new Error('not an object');
      place.set('tokn', 'x');
      expect(complaints(String(document))).toEqual([`${[...path, 'tokn'].join('.')}: unknown key`]);
    },
  );
});

describe('the file is YAML with its core schema alone', () => {
  const title = (text: string) => {
    const result = load(whole.replace('title: Rust auth', `title: ${text}`));
    return result.ok ? result.value.catalogue.services[0]?.title : null;
  };

  test.each(['yes', 'no', 'on', 'off', '2026-01-01', '1_000', '12:30:45'])(
    '%s is a text, as it looks',
    (text) => {
      expect(title(text)).toBe(text);
    },
  );

  test('keys of another object are not merged in', () => {
    const merged = whole.replace('lab: {}', 'lab: { <<: { production: true } }');
    expect(complaints(merged)).toEqual(['services.rust-auth.environments.lab.<<: unknown key']);
  });

  test('one that unfolds without end is refused at once', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const below =
        level === 0
          ? 'x'
          : Array(10)
              .fill(`*a${level - 1}`)
              .join(', ');
      return `a${level}: &a${level} [${below}]`;
    });
    expect(complaints(`${whole}${levels.join('\n')}\n`)[0]).toMatch(/alias/i);
  });
});

describe('the usual environment', () => {
  const withUsual = (env: string, more: string) =>
    whole.replace('env: lab', `env: ${env}`).replace('lab: {}', `${env}: ${more}`);

  test.each([
    ['prod', '{}'],
    ['production', '{}'],
    ['live', '{}'],
    ['production', '{ production: false }'],
    ['live', '{ production: false }'],
    ['blue', '{ production: true }'],
  ])('is never one of production: %s with %s', (env, more) => {
    const text = withUsual(env, more).replace(
      / {6}prod:\n/,
      env === 'prod' ? '      old:\n' : '$&',
    );
    expect(complaints(text)).toEqual([
      expect.stringContaining(`defaults.env: ${env} is an environment of production`),
    ]);
  });

  test('is one that some service has', () => {
    expect(complaints(whole.replace('env: lab', 'env: dev'))).toEqual([
      'defaults.env: no service has an environment called dev',
    ]);
  });
});

test.each(['constructor', '__proto__', 'toString'])(
  'no role is there because of how objects are made: %s',
  (role) => {
    expect(complaints(whole.replace('role: oncall', `role: ${role}`))).toEqual([
      `grants.0.role: there is no role called ${role}; expected one of oncall`,
    ]);
  },
);
