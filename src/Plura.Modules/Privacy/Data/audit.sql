-- The audit log's questions that cross accounts: ids, numbers and hashes only. The installation's own log stands under the id of all zeros.

-- Who has entries since then that are not in their chain yet.
create or replace function privacy.audit_waiting(since timestamptz) returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct e.tenant_id from privacy.audit_entry e
  where e.at >= since and not exists (select from privacy.audit_link l where l.tenant_id = e.tenant_id and l.entry_id = e.id)
  union all
  select '00000000-0000-0000-0000-000000000000'::uuid
  where exists (select from privacy.operator_audit_entry e where e.at >= since and not exists (select from privacy.operator_audit_link l where l.entry_id = e.id))
$$;

-- Where every chain ends.
create or replace function privacy.audit_heads() returns table (tenant_id uuid, seq bigint, hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive tenant as (
    (select l.tenant_id from privacy.audit_link l order by l.tenant_id limit 1)
    union all
    select (select l.tenant_id from privacy.audit_link l where l.tenant_id > t.tenant_id order by l.tenant_id limit 1)
    from tenant t where t.tenant_id is not null)
  (select '00000000-0000-0000-0000-000000000000'::uuid, l.seq, l.hash from privacy.operator_audit_link l order by l.seq desc limit 1)
  union all
  select t.tenant_id, h.seq, h.hash
  from tenant t
  cross join lateral (select l.seq, l.hash from privacy.audit_link l where l.tenant_id = t.tenant_id order by l.seq desc limit 1) h
  where t.tenant_id is not null
$$;

-- Which of these (account, number, hash) the chains do not hold.
create or replace function privacy.audit_misses(tenants uuid[], seqs bigint[], hashes bytea[]) returns table (tenant_id uuid, seq bigint, found bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.tenant_id, a.seq, coalesce(l.hash, o.hash)
  from unnest(tenants, seqs, hashes) as a(tenant_id, seq, hash)
  left join privacy.audit_link l on l.tenant_id = a.tenant_id and l.seq = a.seq
  left join privacy.operator_audit_link o on a.tenant_id = '00000000-0000-0000-0000-000000000000'::uuid and o.seq = a.seq
  where coalesce(l.hash, o.hash) is distinct from a.hash
    and not exists (select from privacy.ended_chain x where x.account_id = a.tenant_id and x.audit_seq >= a.seq)
$$;

-- Entries of that time, and how many of them no chain holds.
create or replace function privacy.check_audit(since timestamptz, until timestamptz) returns table (failures bigint, population bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where l.seq is null), count(*)
  from privacy.audit_entry e
  left join privacy.audit_link l on l.tenant_id = e.tenant_id and l.entry_id = e.id
  where e.at >= since and e.at < until
$$;

do $$
declare f text;
begin
  foreach f in array array['audit_waiting(timestamptz)', 'audit_heads()', 'audit_misses(uuid[], bigint[], bytea[])', 'check_audit(timestamptz, timestamptz)'] loop
    execute format('revoke all on function privacy.%s from public', f);
    execute format('grant execute on function privacy.%s to plura_app', f);
  end loop;
end $$;
