import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { watchOwner } from './owner.ts';

/**
 * Runs a program that cannot watch the demo's owner itself, and ends it when the owner is gone:
 * `node demo/warden.ts OWNER_FILE PROGRAM ARGUMENT…`
 */
const [owner = '', ...command] = process.argv.slice(2);
const setpriv = '/usr/bin/setpriv';

// Where the kernel can, it ends the program with this process, however this one ends.
const [program = '', ...args] = existsSync(setpriv)
  ? [setpriv, '--pdeathsig', 'KILL', ...command]
  : command;

// Its own environment says to Gatehouse which process it is: the program is another one.
const child = spawn(program, args, { stdio: 'inherit', env: {} });
child.once('exit', (code) => process.exit(code ?? 1));
child.once('error', (error) => {
  console.error(`${command[0]} did not start: ${error.message}`);
  process.exit(1);
});

const end = () => void child.kill('SIGKILL');
process.on('SIGTERM', end);
process.on('SIGINT', end);
watchOwner(owner, end);
