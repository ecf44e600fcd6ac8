/**
 * What keeps a program of a test going, as JavaScript: for as long as the process that made it lives. A
 * detached one would otherwise stay behind when its tests are killed, and nobody would know whose it is.
 */
export const lasts = `setInterval(() => { try { process.kill(${process.pid}, 0) } catch { process.exit() } }, 1000);`;

/** The command of a program that lasts and does nothing. */
export const lasting: string[] = [process.execPath, '-e', lasts];
