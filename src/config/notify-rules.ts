import type { ConfigFile } from './file-schema.ts';
import type { IncidentsPart } from './incidents-schema.ts';
import type { RuleBreak } from './rule-break.ts';

type Path = RuleBreak['path'];

/** A contact that cannot be called where the file says: that must not show while Slack is away. */
export function brokenNotify(file: ConfigFile): RuleBreak[] {
  const { incidents } = file;
  return [
    ...brokenContacts(file, incidents, ['incidents']),
    ...Object.entries(incidents.services).flatMap(([service, part]) =>
      brokenContacts(file, part, ['incidents', 'services', service]),
    ),
  ];
}

function brokenContacts({ notify }: ConfigFile, { contacts }: IncidentsPart, path: Path) {
  return Object.entries(contacts).flatMap(([name, { email, webhook }]): RuleBreak[] => {
    const at = [...path, 'contacts', name];
    return [
      ...(email && !notify.smtp
        ? [
            {
              path: [...at, 'email'],
              says: 'nobody can be written to; expected notify.smtp as well',
            },
          ]
        : []),
      ...(webhook && !notify.webhook
        ? [
            {
              path: [...at, 'webhook'],
              says: 'no call can be signed; expected notify.webhook as well',
            },
          ]
        : []),
      ...(webhook && !isSafe(webhook.reveal().trim())
        ? [
            {
              path: [...at, 'webhook'],
              says: 'expected an https address: what is not encrypted does not leave this machine',
            },
          ]
        : []),
    ];
  });
}

/** The same as whoever calls it takes. */
function isSafe(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}
