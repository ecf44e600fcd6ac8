/** On a connection of its own: one that was kept may just be ending. */
const alone = { headers: { connection: 'close' } };

/** What `/readyz` says, with its status. */
export async function readiness(web: string): Promise<{
  status: number;
  checks: Record<string, { ok: boolean; why: string | null }>;
}> {
  const response = await fetch(`${web}/readyz`, alone);
  const { checks } = await response.json();
  return { status: response.status, checks };
}

/** How many deliveries of a kind came to which end, as `/metrics` counts them. */
export async function delivered(web: string, kind: string, outcome: string): Promise<number> {
  const text = await (await fetch(`${web}/metrics`, alone)).text();
  const name = `gatehouse_deliveries_total{kind="${kind}",outcome="${outcome}"} `;
  const line = text.split('\n').find((one) => one.startsWith(name));
  return Number(line?.slice(name.length) ?? 0);
}
