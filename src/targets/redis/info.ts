import type { Reading } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';

/** The fields of an answer to INFO, whose lines are `name:value` under `# Section` headings. */
export function parseInfo(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => !line.startsWith('#') && line.includes(':'));
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    }),
  );
}

/** What the fields say: degraded when data is in danger, with the reason first. */
export function judgeInfo(info: ReadonlyMap<string, string>, now: number): Reading {
  if (!info.has('redis_version')) return { health: 'degraded', detail: 'INFO told nothing' };
  const dangers = dangersOf(info);
  const detail = [...dangers, ...factsOf(info, now)].join(', ');
  return { health: dangers.length === 0 ? 'up' : 'degraded', detail };
}

function dangersOf(info: ReadonlyMap<string, string>): string[] {
  const is = (field: string, value: string) => info.get(field) === value;
  const limit = figure(info, 'maxmemory');
  const full = limit > 0 && figure(info, 'used_memory') >= 0.9 * limit;
  return [
    ...(is('loading', '1') ? ['still loading its data'] : []),
    ...(full ? [`memory nearly full (limit ${bytes(limit)})`] : []),
    ...(is('master_link_status', 'down') ? ['cut off from its master'] : []),
    ...(is('rdb_last_bgsave_status', 'err') ? ['the last save failed'] : []),
    ...(is('aof_last_write_status', 'err') ? ['the last write to the AOF failed'] : []),
  ];
}

function factsOf(info: ReadonlyMap<string, string>, now: number): string[] {
  const clients = figure(info, 'connected_clients');
  return [
    `Redis ${short(info.get('redis_version'))}`,
    short(info.get('role')) === 'slave' ? 'replica' : short(info.get('role')),
    `${bytes(figure(info, 'used_memory'))} used`,
    clients === 1 ? '1 client' : `${clients} clients`,
    ...savedFact(info, now),
    info.get('aof_enabled') === '1' ? 'AOF on' : 'AOF off',
  ];
}

/** Redis takes its own start for a save, and tells only since version 7 how many there were. */
function savedFact(info: ReadonlyMap<string, string>, now: number): string[] {
  const at = figure(info, 'rdb_last_save_time') * 1_000;
  if (at === 0) return [];
  return info.get('rdb_saves') === '0'
    ? ['not saved since its start']
    : [`saved ${formatDuration(now - at)} ago`];
}

const figure = (info: ReadonlyMap<string, string>, field: string): number => {
  const value = Number(info.get(field) ?? 0);
  return Number.isFinite(value) ? value : 0;
};

const short = (value = 'unknown'): string => value.slice(0, 20);

const bytes = (count: number): string => {
  if (count < 1_048_576) return `${Math.round(count / 1_024)} KiB`;
  if (count < 1_073_741_824) return `${(count / 1_048_576).toFixed(1)} MiB`;
  return `${(count / 1_073_741_824).toFixed(1)} GiB`;
};
