import { describe, expect, test } from 'vitest';
import { actions, queries } from '../../../src/actions/index.ts';
import { elsewhere, ofRunbooks } from '../../../src/handlers/grammar/elsewhere.ts';
import { everyDeclared } from '../../../src/handlers/help/every-declared.ts';
import { meaningOf } from './some-commands.ts';

const declared = everyDeclared(queries, actions);
const names = declared.map(({ name }) => name);
const typed = declared.flatMap(({ name, aliases }) => [name, ...aliases]);

test.each(Object.entries(elsewhere))('what others call %s is %s here', (word, name) => {
  expect(names).toContain(name);
  expect(typed).not.toContain(word);
});

describe('a command of the runbooks is explained, not done', () => {
  const programs = [
    ...['flushall', 'flushdb', 'redis-cli', 'kubectl', 'docker', 'docker-compose', 'systemctl'],
    ...['kill', 'iptables', 'ufw', 'psql', 'aws', 'curl', 'tar', 'terraform', 'alembic'],
    ...['cargo', 'npm', 'bash'],
  ];

  test.each(programs)('%s', (program) => {
    expect(typed).not.toContain(program);
    expect(meaningOf(`${program} everything`)).toMatchObject({
      kind: 'unknown-verb',
      near: {
        words: ['explain'],
        next: [{ command: `explain ${program} everything` }],
      },
    });
  });

  test('and these are all', () => {
    expect([...ofRunbooks].toSorted()).toEqual(programs.toSorted());
  });
});
