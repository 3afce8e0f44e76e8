-- Readers' reports by account: numbers only.
create or replace function privacy.complaints_of(accounts uuid[], since timestamptz) returns table (account uuid, number bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.tenant_id, count(*) from privacy.suppression s
  where s.tenant_id = any (complaints_of.accounts) and s.reason = 'complaint' and s.at >= complaints_of.since
  group by s.tenant_id
$$;
revoke all on function privacy.complaints_of(uuid[], timestamptz) from public;
grant execute on function privacy.complaints_of(uuid[], timestamptz) to plura_app;
