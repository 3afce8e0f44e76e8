-- An account's end. A table belongs to accounts if it has a column tenant_id or account_id; so a new one is found here by itself, whatever module
-- makes it. What must outlive the account says so, and why, in its comment, which begins with "kept:".
create or replace view platform.tenant_table as
select c.oid::regclass as relation, a.attname as key
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype and a.attname in ('tenant_id', 'account_id')
where c.relkind = 'r' and not c.relispartition and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
  and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'kept:%';
revoke all on platform.tenant_table from public;

-- Deletes up to that many of an account's rows: first what points to others, then those. For functions of plura_owner that know whose day has come;
-- nobody else may call it.
create or replace function platform.purge_rows(account uuid, most integer) returns table (relation text, gone bigint)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  waiting oid[] := array(select t.relation::oid from platform.tenant_table t order by t.relation::text);
  this oid;
  key name;
  budget bigint := most;
  hook text;
begin
  -- A module that must write down something before its rows go has a function of this name in its schema.
  for hook in
    select format('%I.%I', n.nspname, p.proname) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.proname = 'before_purge' and n.nspname not like 'pg\_%' order by 1
  loop
    execute format('select %s($1)', hook) using account;
  end loop;
  -- Lets the triggers of tables that are only added to stand aside, for this transaction and for their owner.
  perform set_config('plura.purging', account::text, true);
  while budget > 0 and cardinality(waiting) > 0 loop
    select w into this from unnest(waiting) w
    where not exists (select from pg_constraint f where f.contype = 'f' and f.confrelid = w and f.conrelid = any (waiting) and f.conrelid <> w)
    order by w::regclass::text limit 1;
    if this is null then
      raise exception 'these tables point to each other in a circle: %', (select string_agg(w::regclass::text, ', ') from unnest(waiting) w);
    end if;
    select t.key into key from platform.tenant_table t where t.relation = this::regclass;
    execute format('delete from %s where ctid = any (array(select ctid from %1$s where %I = $1 limit $2))', this::regclass, key) using account, budget;
    get diagnostics gone = row_count;
    if gone > 0 then
      relation := this::regclass::text;
      budget := budget - gone;
      return next;
    end if;
    if budget > 0 then
      waiting := array_remove(waiting, this);
    end if;
  end loop;
  perform set_config('plura.purging', '', true);
end $$;
revoke all on function platform.purge_rows(uuid, integer) from public;

-- Whether anything of an account is left that its end should have taken along.
create or replace function platform.holds_rows(account uuid) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  t record;
  found_one boolean;
begin
  for t in select relation, key from platform.tenant_table loop
    execute format('select exists (select from %s where %I = $1)', t.relation, t.key) into found_one using account;
    if found_one then
      return true;
    end if;
  end loop;
  return false;
end $$;
revoke all on function platform.holds_rows(uuid) from public;
