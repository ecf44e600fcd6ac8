import type { Incident } from '../../core/incident.ts';
import { code } from '../text/code.ts';
import { prose } from '../text/prose.ts';

/** How far the evidence of one about security is, as a line of its card; nothing of any other. */
export function evidenceLines({ security, evidence, target, runs }: Incident): string[] {
  if (!security || !evidence) return [];
  const { state, run, why, kept } = evidence;
  if (kept !== null) return [`*Evidence* kept by ${code(kept, 80)}`];
  if (target === null) {
    return [
      `:warning: *Evidence* is kept once it is known of what: ${code('/auth incident target SERVICE@ENV')}`,
    ];
  }
  if (state === 'failed') {
    return [`:warning: *Evidence* none is kept: ${prose(why ?? 'nobody knows why', 300)}`];
  }
  if (run === null) {
    return [`*Evidence* is being asked for${why === null ? '' : `; not yet, ${prose(why, 300)}`}`];
  }
  return [ofRun(run, runs[run])];
}

/** By the last that was heard of the run that keeps it. */
function ofRun(run: string, heard: string | undefined): string {
  const id = code(run, 80);
  if (heard === 'waiting') return `*Evidence* ${id} waits for approval`;
  if (heard === undefined || heard === 'begun') return `*Evidence* is being kept by ${id}`;
  return `:warning: *Evidence* none is kept: ${id} is ${prose(heard, 40)}`;
}
