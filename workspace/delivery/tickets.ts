/** How long a ticket opens a connection, in milliseconds. */
const lifetime = 30_000;

/** What `apps.connections.open` gives out: each opens one connection. */
export interface Tickets {
  make(): string;
  /** Whether the ticket was good; it is not any more. */
  take(ticket: string): boolean;
}

/** Tickets in memory. */
export function createTickets(now: () => number, secret: () => string): Tickets {
  const made = new Map<string, number>();
  return {
    make() {
      for (const [ticket, at] of made) if (now() - at > lifetime) made.delete(ticket);
      const ticket = secret();
      made.set(ticket, now());
      return ticket;
    },
    take(ticket) {
      const at = made.get(ticket);
      made.delete(ticket);
      return at !== undefined && now() - at <= lifetime;
    },
  };
}
