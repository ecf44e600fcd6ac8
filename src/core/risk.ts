/** How much harm a command can do, from none to a lot. Permissions depend on this and on names of commands. */
export const risks = ['read', 'read-sensitive', 'low', 'high', 'destructive'] as const;

/** One of {@link risks}; a later one is worse. */
export type Risk = (typeof risks)[number];
