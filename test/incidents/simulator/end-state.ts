import type { World } from './world.ts';

/** Everything that a schedule has left behind, whatever store it was in. */
export async function endStateOf({ store, slack, judge }: World) {
  const incidents = await store.incidents.list({ limit: 1_000 });
  const records = await Promise.all(
    incidents.map(({ id }) => store.audit.find({ subject: id, limit: 10_000 })),
  );
  return {
    verdict: judge.verdict(),
    incidents,
    records: records.flat().map(({ id: _id, hash: _hash, ...record }) => record),
    waiting: await store.outbox.waiting(),
    leftOut: await store.outbox.leftOut(0),
    messages: slack.messages.map(({ key: _key, ...message }) => message),
    channels: [...slack.channels.values()],
  };
}
