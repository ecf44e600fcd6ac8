import { existsSync, readFileSync } from 'node:fs';

/** Whether this machine's kernel tells who listens where. */
export const listenersKnown = existsSync('/proc/net/tcp');

/** The addresses, in hexadecimal as the kernel has them, at which somebody listens on this port. */
export function listenersAt(port: number): string[] {
  const listening = '0A';
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .filter((table) => existsSync(table))
    .flatMap((table) => readFileSync(table, 'utf8').trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state]) => state === listening)
    .map(([, local = '']) => local.split(':'))
    .filter(([, hex = '']) => Number.parseInt(hex, 16) === port)
    .map(([address = '']) => address);
}

/** 127.0.0.1 as the kernel has it, on machines of either byte order. */
export const thisMachine = ['0100007F', '7F000001'];
