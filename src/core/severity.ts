/** How bad an incident is: 1 is the worst. The words that a runbook has for them are aliases of these. */
export const severities = [1, 2, 3, 4] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** The name people read, such as `SEV1`. */
export const severityName = (severity: Severity): `SEV${Severity}` => `SEV${severity}`;
