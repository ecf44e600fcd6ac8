/** One worker of the long proof: runs every so manieth schedule. */
import { parentPort, workerData } from 'node:worker_threads';
import { runShare, type Share } from '../../prove/share.ts';
import { realCode } from './code.ts';
import { simulate } from './simulate.ts';

parentPort?.postMessage(await runShare(workerData as Share, (seed) => simulate(realCode, seed)));
