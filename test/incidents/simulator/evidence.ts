import { isOpen } from '../../../src/core/incident.ts';
import type { EvidenceTools } from '../../../src/incidents/keeping/keep-evidence.ts';
import type { Law } from './line.ts';
import type { Process } from './time.ts';
import type { World } from './world.ts';

/**
 * Asks for evidence as runs are asked for: of one origin there is one run, and a call breaks off before it or after
 * it. The judge hears of every run that there would be.
 */
export const askingFor =
  (world: World, process: Process): EvidenceTools['ask'] =>
  async (incident, origin) => {
    const { time, chance, judge, runs } = world;
    const breaks = () => {
      if (world.troubled && chance.of(0.15)) throw new Error('the connection was lost');
    };
    await time.gate(process);
    breaks();
    if (world.troubled && chance.of(0.2)) {
      return { kind: 'refused', why: 'changes are stopped', again: chance.of(0.8) };
    }
    if (!runs.has(origin)) {
      runs.set(origin, `R-${runs.size + 1}`);
      judge.keeps(incident);
    }
    await time.gate(process);
    breaks();
    return { kind: 'asked', run: runs.get(origin) ?? '', by: incident.declaredBy.id };
  };

/** Whatever is about security from now on wants evidence, of which it is said once whether it is kept. */
export const evidenceIsWanted: Law = ({ before, after, event }, must) => {
  const flagged = after.security && !before.security;
  must(!flagged || after.evidence?.state === 'wanted', 'no evidence is wanted of what is secret');
  must(!flagged || after.evidence?.wantedBy === after.version, 'evidence of another flagging');
  const isWanted = after.traces?.state === 'wanted' && after.traces.wantedBy === after.version;
  must(!flagged || isWanted, 'what everybody could read stays');
  if (!event.startsWith('incident.evidence-')) return;
  must(before.evidence?.state === 'wanted', 'it is said twice what became of the evidence');
  must(isOpen(before.state), 'evidence is kept of what is over');
};
