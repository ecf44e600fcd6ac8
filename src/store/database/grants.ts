/**
 * The statements with which the owner of the tables gives a role just the rights that Gatehouse needs:
 * it can add to the audit and read it, and can neither change nor empty it nor put its triggers off.
 * To be run again after every migration; running them twice does no harm.
 */
export function grantsFor(role: string): string[] {
  const to = `"${role.replaceAll('"', '""')}"`;
  return [
    `grant usage on schema public, jobs to ${to}`,
    `revoke create on schema public, jobs from public, ${to}`,
    `grant select, insert, update, delete on all tables in schema public, jobs to ${to}`,
    `grant usage, select on all sequences in schema public, jobs to ${to}`,
    `grant execute on all functions in schema public, jobs to ${to}`,
    `revoke insert, update, delete on gatehouse_clock, gatehouse_migration, gatehouse_migration_lock from ${to}`,
    keptAsTheyAre(to),
  ];
}

/**
 * The triggers called `keep` say which tables nobody may delete from, and which nobody may change
 * either: the rights follow them, so that a new table needs no line here. 16 is how the catalogue of
 * PostgreSQL marks a trigger on updates.
 */
const keptAsTheyAre = (to: string): string => `do $$
declare kept record;
begin
  for kept in
    select tgrelid::regclass as name, bool_or(tgtype & 16 <> 0) as for_good
    from pg_trigger where tgname = 'keep' group by tgrelid
  loop
    execute format('revoke all on %s from ${to.replaceAll("'", "''").replaceAll('%', '%%')}', kept.name);
    execute format('grant select, insert%s on %s to ${to.replaceAll("'", "''").replaceAll('%', '%%')}',
      case when kept.for_good then '' else ', update' end, kept.name);
  end loop;
end $$`;
