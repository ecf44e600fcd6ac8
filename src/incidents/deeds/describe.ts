import type { AuditEntry } from '../../core/audit.ts';
import type { Impact, Incident } from '../../core/incident.ts';
import type { IncidentEventName } from '../../core/incident-events.ts';
import { type Target, targetName } from '../../core/target.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { wantingEvidence } from '../wanted-evidence.ts';

const already = (what: string) => refused({ kind: 'already', what, by: null, at: null });

/** What it is about. */
export const setTarget: Decide<{ kind: 'set-target'; target: Target }> = (
  incident,
  { target },
  { by, now },
) => {
  const was = incident.target && targetName(incident.target);
  if (was === targetName(target)) return already(`about ${was}`);
  const about = { ...incident, target };
  const wanting = { by: by?.id ?? incident.declaredBy.id, now, version: incident.version + 1 };
  const after = incident.security ? wantingEvidence(about, wanting) : about;
  return changed(after, 'target-set', { was, target: targetName(target) });
};

/** Who is hit. */
export const setImpact: Decide<{ kind: 'set-impact'; impact: readonly Impact[] }> = (
  incident,
  { impact },
) => {
  const all = [...new Set(impact)];
  const same =
    all.length === incident.impact.length && all.every((one) => incident.impact.includes(one));
  if (same) return already('what it says');
  return changed({ ...incident, impact: all }, 'impact-set', {
    was: [...incident.impact],
    impact: all,
  });
};

/** What it is called. */
export const setTitle: Decide<{ kind: 'set-title'; title: string }> = (incident, { title }) => {
  const said = title.trim();
  if (said === '')
    return refused({
      kind: 'needs-reason',
      what: 'call it something else',
      said: 'its new title',
      atLeast: 1,
    });
  if (said === incident.title) return already('called so');
  return changed({ ...incident, title: said }, 'title-set', { was: incident.title, title: said });
};

/** The card shows it; nobody has to hear of it. */
const changed = (after: Incident, what: IncidentEventName, facts: AuditEntry['facts']) =>
  after.state === 'cancelled'
    ? refused({ kind: 'over', id: after.id, state: after.state })
    : decided(after, what, facts, []);
