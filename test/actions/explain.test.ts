import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dangers } from '../../src/actions/explain/dangers.ts';
import { lookup } from '../../src/actions/explain/lookup.ts';
import { explain } from '../../src/actions/explain.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { stillClock } from '../support/clock.ts';
import { catalogueOf, scriptedTargets } from '../support/scripted-targets.ts';

const tools = { catalogue: catalogueOf([]), targets: scriptedTargets({}), clock: stillClock() };
const run = (text: string) => explain.run({ words: text.split(' ') }, null, tools);
const idOf = (text: string) => lookup(text, dangers).exactly?.id ?? null;

describe('what is known', () => {
  test('all 32 defects of the runbooks, each once', () => {
    const numbered = dangers.map(({ id }) => id).filter((id) => id.startsWith('D'));
    const wanted = Array.from({ length: 32 }, (_, index) => `D${index + 1}`);
    expect(numbered.toSorted()).toEqual(wanted.toSorted());
    expect(new Set(dangers.map(({ id }) => id)).size).toBe(dangers.length);
  });

  test.each(dangers)('$id $name says all that is needed, in plain text', (danger) => {
    expect(danger.gist.length).toBeLessThanOrEqual(90);
    expect(danger.happens.length).toBeGreaterThan(60);
    expect(danger.instead.length).toBeGreaterThan(20);
    expect(danger.runbook).toMatch(/^00[0-4] \S/);
    const texts = [danger.name, danger.gist, danger.happens, danger.instead];
    for (const text of texts) expect(text).not.toMatch(/[`*_~]\w[^ ]*[`*~]|<[@#!h]/);
  });

  test.each(dangers)(
    '$id holds nothing that looks like a secret, so all of it is shown',
    (danger) => {
      const { redact } = createRedactor();
      const { name, gist, happens, instead, runbook } = danger;
      for (const text of [name, gist, happens, instead, runbook]) expect(redact(text)).toBe(text);
    },
  );

  test.each(dangers)('$id is found by its number, its name and each of its words', (danger) => {
    for (const text of [danger.id, danger.name, ...danger.words]) {
      expect([text, idOf(text)]).toEqual([text, danger.id]);
    }
  });
});

describe('asking', () => {
  /** As they stand in the runbooks: this is what people paste. */
  test.each([
    ['docker exec auth-backend-prod kill -USR2 $(docker exec auth-backend-prod pgrep node)', 'D1'],
    ['docker exec auth-backend-prod kill -USR1 $(docker exec auth-backend-prod pgrep node)', 'D2'],
    [
      'redis-cli --scan --pattern "*" | xargs -L 1000 docker exec redis-master-prod redis-cli del',
      'D3',
    ],
    ['redis-cli FLUSHALL', 'D4'],
    ['redis-cli FLUSHDB', 'D4'],
    ['VACUUM ANALYZE auth_sessions;', 'D5'],
    ['UPDATE pg_class SET relpages = 0, reltuples = 0', 'D6'],
    ['SELECT query, mean_time, calls FROM pg_stat_statements ORDER BY mean_time DESC', 'D7'],
    ["UPDATE user_sessions SET active = false WHERE user_email = '$USER_EMAIL'", 'D8'],
    ['iptables -A INPUT -s 203.0.113.7 -j DROP', 'D9'],
    ['apt update && apt upgrade -y --security-only', 'D10'],
    ['export RATE_LIMIT_PER_IP_PER_MINUTE=50', 'D11'],
    ['kubectl logs -l app=auth-service | grep ERROR', 'D12'],
    ['redis-cli keys "token:*"', 'D13'],
    ['--message-action SUPPRESS', 'D14'],
    ['aws cognito-idp list-users --filter "enabled = false"', 'D15'],
    ['UserLastModifiedDate', 'D16'],
    ['aws cloudwatch put-metric-alarm --metric-name SignInFailures', 'D17'],
    ['aws logs insights start-query', 'D18'],
    ["aws logs filter-log-events --query 'length(events)'", 'D19'],
    ['docker rename auth-backend-prod-new auth-backend-prod', 'D20'],
    ['tar -xzf "$BACKUP_DIR/rms-api.tar.gz" -C /opt/rms/', 'D21'],
    ['terraform apply', 'D22'],
    ['curl -X POST http://localhost:3000/admin/keys/rotate', 'D23'],
    ['iptables -A INPUT -p tcp --dport 3000 -j DROP', 'D24'],
    ["DELETE FROM auth_audit_log WHERE created_at < NOW() - INTERVAL '90 days';", 'D25'],
    ['redis-cli config set maxmemory-policy allkeys-lru', 'D26'],
    ["SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active'", 'D27'],
    ['redis-cli --latency-history -i 1', 'D28'],
    ['journalctl -u auth-service -f --lines=100', 'D28'],
    ['docker exec auth-backend-prod node -e "console.log(process.hrtime())"', 'D29'],
    ['docker build -t enterprise-auth-backend:new .', 'D30'],
    [
      'curl -X POST https://slack.com/api/chat.postMessage -H "Authorization: Bearer $SLACK_TOKEN"',
      'D31',
    ],
    ['REDIS_REQUIRED=false', 'D32'],
    ['kubectl rollout undo deployment/auth-service', 'X3'],
    ['bash iac/destroy.sh', 'X4'],
    ['npm run db:migrate:down', 'X2'],
  ])('%s is %s', (command, id) => {
    expect(idOf(command)).toBe(id);
  });

  test.each([
    ['FlushAll', 'D4'],
    ['“flushall”', 'D4'],
    ['`keys *`', 'D13'],
    ['kill—USR2', 'D1'],
    ['  iptables  ', 'D9'],
    ['d17', 'D17'],
  ])('%j is understood as well', (text, id) => {
    expect(idOf(text)).toBe(id);
  });

  test('a word that several share gives the choice', () => {
    const { exactly, maybe } = lookup('kill', dangers);
    expect(exactly).toBeNull();
    expect(maybe.map(({ id }) => id)).toEqual(expect.arrayContaining(['D1', 'D2']));
  });

  test('a misspelt word gives the nearest', () => {
    expect(lookup('flushal', dangers).maybe.map(({ id }) => id)).toEqual(['D4']);
    expect(lookup('iptabels', dangers).maybe.map(({ id }) => id)).toEqual(['D9']);
  });

  test('any text is answered, with one danger or at most five', () => {
    const some = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc
        .array(fc.constantFrom(...dangers.flatMap(({ words }) => words)), { maxLength: 6 })
        .map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(some, (text) => {
        const { exactly, maybe } = lookup(text, dangers);
        expect(maybe.length).toBeLessThanOrEqual(5);
        expect(exactly === null || maybe.length === 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('case, signs and blanks around never change the answer', () => {
    const phrase = fc.constantFrom(...dangers.flatMap(({ name, words }) => [name, ...words]));
    const sign = fc.constantFrom(' ', '  ', '"', '`', "'", '$ ', '; ', '\n');
    fc.assert(
      fc.property(phrase, sign, sign, fc.boolean(), (text, before, after, loud) => {
        const dressed = `${before}${loud ? text.toUpperCase() : text}${after}`;
        expect(idOf(dressed)).toBe(idOf(text));
      }),
    );
  });
});

describe('answering', () => {
  test('says what happens, what to do instead, and where it stands', async () => {
    const { title, parts, next } = await run('flushall');
    expect(title).toBe('FLUSHALL and FLUSHDB');
    expect(parts.map(({ kind }) => kind)).toEqual(['text', 'text', 'facts']);
    expect(JSON.stringify(parts)).toMatch(/What happens: .*Instead: .*000 Suspected Breach/);
    expect(next).toEqual([{ label: 'All of them', command: 'explain' }]);
  });

  test('without a word, or with an unknown one, shows the whole list', async () => {
    for (const report of [await run(''), await run('make tea')]) {
      const facts = report.parts.flatMap((part) => (part.kind === 'facts' ? part.facts : []));
      expect(facts).toHaveLength(dangers.length);
    }
    expect((await run('make tea')).title).toBe('Nothing is known about “make tea”');
  });

  test('what may be meant is a button that asks for exactly that', async () => {
    const { title, parts, next } = await run('flushal');
    expect(title).toBe('Which one is “flushal”?');
    expect(parts[0]).toMatchObject({ facts: [{ name: 'FLUSHALL and FLUSHDB' }] });
    expect(next).toEqual([
      { label: 'FLUSHALL and FLUSHDB', command: 'explain D4' },
      { label: 'All of them', command: 'explain' },
    ]);
  });

  test('a very long word is not repeated whole', async () => {
    expect((await run('x'.repeat(5_000))).title.length).toBeLessThan(100);
  });
});
