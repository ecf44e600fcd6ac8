import type { Query, QueryTools } from '../core/query.ts';
import type { Report } from '../core/report.ts';
import type { Command, Invocation } from './command.ts';

/** A query as a command: it runs on what the person may see, and its report is the answer. */
export const queryCommand = (query: Query, tools: Omit<QueryTools, 'catalogue'>): Command => ({
  ...query,
  group: query.risk === 'read' ? 'Look' : 'Look closer: only you see the answer',
  changes: false,
  async perform(invocation, { catalogue, report }) {
    const { params, target, filters } = invocation;
    const found = await query.run(params, target, { ...tools, catalogue });
    await report(withNote(found, invocation), filters);
  },
});

/** Says which environment was taken when none was named. */
function withNote(report: Report, { target, implied }: Invocation): Report {
  if (!implied || target === null) return report;
  const text = `No environment was named: this is ${target.env}.`;
  return { ...report, parts: [...report.parts, { kind: 'text', text }] };
}
