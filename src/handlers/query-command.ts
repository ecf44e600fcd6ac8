import type { Query, QueryTools } from '../core/query.ts';
import type { Part, Report, StateRow } from '../core/report.ts';
import type { Command, Invocation } from './command.ts';
import type { Setting } from './grammar/setting.ts';
import { canPress } from './usable.ts';

/** A query as a command: it runs on what the person may see, and its report is the answer. */
export const queryCommand = (query: Query, tools: Omit<QueryTools, 'catalogue'>): Command => ({
  ...query,
  group: query.risk === 'read' ? 'Look' : 'Look closer: only you see the answer',
  changes: false,
  async perform(invocation, { catalogue, setting, unverified, report }) {
    const { params, target, filters } = invocation;
    const found = await query.run(params, target, { ...tools, catalogue });
    const notes = [environmentNote(invocation), rolesNote(unverified)].filter(
      (text) => text !== null,
    );
    const parts = notes.map((text): Part => ({ kind: 'text', text }));
    const whole = { ...found, parts: [...found.parts, ...parts] };
    await report(pressable(whole, setting), filters);
  },
});

/** Which environment was taken when none was named. */
const environmentNote = ({ target, implied }: Invocation): string | null =>
  implied && target !== null ? `No environment was named: this is ${target.env}.` : null;

/** That something may be missing when it is not known who is asking. */
const rolesNote = (unverified: string | null): string | null =>
  unverified === null
    ? null
    : `Your roles could not be looked up (${unverified}): this is what every member may see.`;

/** The report without the buttons that would only lead this person to a refusal. */
function pressable(report: Report, setting: Setting): Report {
  const parts = report.parts.map((part) =>
    part.kind === 'states' ? { ...part, rows: part.rows.map((row) => rowFor(row, setting)) } : part,
  );
  return { ...report, parts, next: report.next.filter((next) => canPress(next, setting)) };
}

function rowFor(row: StateRow, setting: Setting): StateRow {
  const { more, ...rest } = row;
  return more && canPress(more, setting) ? row : rest;
}
