import type { Directory } from '../core/person.ts';
import type { Fact, Part, Report } from '../core/report.ts';

const group = /\bgroup:(S[A-Z0-9]{2,20})\b/g;

/**
 * The report with user groups as people call them, where it has `group:S…`; those that Slack does not
 * tell stay as they are. Lines of a log are evidence, and left alone.
 */
export async function nameGroups(report: Report, directory: Directory): Promise<Report> {
  if (!directory.groupNames || !JSON.stringify(report.parts).includes('group:S')) return report;
  const names = await directory.groupNames();
  const named = (text: string) =>
    text.replace(group, (whole, id: string) => names.get(id) ?? whole);
  return { ...report, parts: report.parts.map((part) => namedIn(part, named)) };
}

function namedIn(part: Part, named: (text: string) => string): Part {
  switch (part.kind) {
    case 'text':
      return { ...part, text: named(part.text) };
    case 'facts':
      return {
        ...part,
        facts: part.facts.map(({ name, value }): Fact => ({ name, value: named(value) })),
      };
    default:
      return part;
  }
}
