import type { AuditEntry } from '../core/audit.ts';
import type { Incident } from '../core/incident.ts';
import type { IncidentCommand } from '../core/incident-command.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';
import type { SeenIncident, Unless } from '../core/incidents.ts';
import { err, ok, type Result } from '../core/result.ts';
import { wishOf } from '../permissions/incident-pleas.ts';
import { mayUnverified } from '../permissions/may-unverified.ts';
import { commitDeclared, commitIncident } from './commit-incident.ts';
import { decide, isDeed } from './decide.ts';
import { declareIncident, type Founded, firstContact } from './declare.ts';
import { countsFor, duplicateOf, knownDuplicate, unlessSince } from './duplicates.ts';
import type { Actor, Declaration, IncidentLife } from './incident-life.ts';
import type { LifeTools } from './life-tools.ts';
import { mayCall, overtakenBy } from './overtaken.ts';

/** How often it is decided again because somebody else was first. */
const most = 50;

/** The life of incidents, kept in `incidents`: it reads, decides, and changes exactly what was read. */
export function createIncidents(tools: LifeTools): IncidentLife {
  const { incidents, rulesFor, reach } = tools;
  return {
    async declare(declaration) {
      const { origin, target } = declaration;
      const ofOrigin = async () => (origin === null ? null : incidents.findByOrigin(origin));
      const same = await ofOrigin();
      if (same) return ok(same.incident);
      const rules = rulesFor(target);
      const known = await knownDuplicate(incidents, declaration, rules);
      if (known) {
        const own = await ofOrigin(); // another copy of the same delivery may have declared it just now
        return own ? ok(own.incident) : duplicateOf(known, declaration);
      }
      const { number, now } = await incidents.next();
      const calls = declaration.page || declaration.security;
      const called = calls || rules.contacts.some(({ name }) => name === firstContact);
      const founding = { number, now, rules, reach: called ? await reach(rules, now) : {} };
      const founded = declareIncident(declaration, founding);
      return commitUnless(tools, founded, declaration, unlessSince(declaration, rules, now));
    },
    async do(id, command, by, seen) {
      for (let tried = 1; tried <= most; tried += 1) {
        const found = await incidents.find(id);
        if (!found) return err({ kind: 'no-such-incident', id });
        const done = await doOnce(tools, found, { command, by, seen });
        if (done) return done;
      }
      return err({ kind: 'not-now', why: 'Others keep changing this incident. Try again.' });
    },
    find: async (id) => incidentOf(await incidents.find(id)),
    inChannel: async (channel) => incidentOf(await incidents.inChannel(channel)),
    list: (query) => incidents.list(query),
  };
}

/** Declares it, past whatever does not count for who declares it: nobody is told of what they may not read. */
async function commitUnless(
  tools: LifeTools,
  founded: Founded,
  declaration: Declaration,
  unless: Unless | null,
): Promise<Result<Incident, IncidentRefusal>> {
  for (let but: readonly string[] = []; ; ) {
    const { origin } = declaration;
    const made = await commitDeclared(tools, founded, origin, unless && { ...unless, but });
    if (!made.duplicate) return ok(made.incident);
    if (countsFor(made.incident, declaration)) return duplicateOf(made.incident, declaration);
    but = [...but, made.incident.id];
  }
}

/** What is done, by whom, and the version of the card they saw. */
interface Wanted {
  command: IncidentCommand;
  by: Actor;
  seen: number | undefined;
}

/** Decides by the incident as it was read; null when somebody else has changed it since. */
async function doOnce(
  tools: LifeTools,
  { incident, now }: SeenIncident,
  { command, by, seen }: Wanted,
): Promise<Result<Incident, IncidentRefusal> | null> {
  const overtaken = seen === undefined ? null : overtakenBy(incident, command, seen);
  if (overtaken) return err(overtaken);
  if (by?.unverified && !(isDeed(command) && mayUnverified(incident, command, by.id))) {
    return err({ kind: 'unverified', why: by.unverified });
  }
  const reach = mayCall(command) ? await tools.reach(incident.rules, now) : {};
  const person = by && { id: by.id, team: by.team };
  const decision = decide(incident, command, { by: person, now, holds: by?.holds ?? [], reach });
  if (!decision.ok) return err(withPlea(decision.error, incident, command));
  const { after, event, facts, messages } = decision.value;
  const audit: AuditEntry = { event, actor: actorOf(by), facts };
  const done = await commitIncident(tools, incident, { after, audit, messages });
  return done && ok(done);
}

/** Whoever may not do something can ask those who may. */
const withPlea = (
  refusal: IncidentRefusal,
  { id, version }: Incident,
  command: IncidentCommand,
): IncidentRefusal =>
  refusal.kind === 'may-not'
    ? { ...refusal, plea: { id, version, wish: wishOf(command) } }
    : refusal;

const incidentOf = (seen: { incident: Incident } | null): Incident | null => seen?.incident ?? null;

const actorOf = (by: Actor): string => (by === null ? 'gatehouse' : `user:${by.team}/${by.id}`);
