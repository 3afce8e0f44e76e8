-- Deletes some of a closed account's rows, of whatever module, and answers of which tables how many; with nothing left it deletes the account
-- itself. The app may delete no ledger and no log: it may only ask for this, and only for an account whose day has come. Each call is one
-- transaction, so a kill between two loses nothing, and the next call goes on where the last one ended.
create or replace function accounts.purge_account(account uuid, at timestamptz, most integer) returns table (relation text, gone bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  total bigint := 0;
begin
  perform pg_advisory_xact_lock(20562, hashtext(purge_account.account::text));
  if not exists (
    select from accounts.account_closure c
    where c.account_id = purge_account.account and c.reopened_at is null and c.purged_at is null and c.purge_at <= purge_account.at) then
    raise exception 'the day on which account % is deleted has not come', purge_account.account using errcode = 'insufficient_privilege';
  end if;
  for relation, gone in select p.relation, p.gone from platform.purge_rows(purge_account.account, purge_account.most) p loop
    total := total + gone;
    return next;
  end loop;
  if total = 0 then
    delete from accounts.account a where a.id = purge_account.account;
    get diagnostics total = row_count;
  end if;
  update accounts.account_closure c set rows_gone = c.rows_gone + total
  where c.account_id = purge_account.account and c.reopened_at is null and total > 0;
end $$;

-- A figure for the public policy page: closings that stand, and how many of them are not as promised: a day later than the day that was said and
-- not deleted, more than 24 months long, or deleted with a row left behind.
create or replace function accounts.check_purges(at timestamptz) returns table (failures bigint, population bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select
    count(*) filter (where
      (c.purged_at is null and c.purge_at + interval '1 day' < check_purges.at)
      or (c.purge_at at time zone 'UTC') > greatest((c.closed_at at time zone 'UTC') + interval '24 months', c.readable_until at time zone 'UTC')
      or (c.purged_at is not null and (platform.holds_rows(c.account_id) or exists (select from accounts.account a where a.id = c.account_id)))),
    count(*)
  from accounts.account_closure c
  where c.reopened_at is null
$$;

revoke all on function accounts.purge_account(uuid, timestamptz, integer) from public;
revoke all on function accounts.check_purges(timestamptz) from public;
grant execute on function accounts.purge_account(uuid, timestamptz, integer) to plura_app;
grant execute on function accounts.check_purges(timestamptz) to plura_app;
