-- What time it is, where the app may not be believed: whoever says the hour says when a log is deleted. Only the owner can put another clock here
-- (the tests do, which live on a clock of their own).
create or replace function accounts.clock() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;

-- A closure begins when it is written and gives the account's people their 30 days (AccountClosure.Grace): the app dates none back, shortens none
-- (it may not update those columns, below), and one that was taken back stays so, or a day long past would count again.
create or replace function accounts.keep_closure() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (old.reopened_at is not null and new.reopened_at is distinct from old.reopened_at) or (old.purged_at is not null and new.purged_at is distinct from old.purged_at) then
      raise exception 'the closure % has ended and stays so', old.id using errcode = 'insufficient_privilege';
    end if;
  elsif abs(extract(epoch from new.closed_at - accounts.clock())) > 3600 or new.readable_until < new.closed_at + interval '720 hours' or new.purge_at < new.readable_until
    or new.reopened_at is not null or new.purged_at is not null then
    raise exception 'the account % is closed from now on and stays readable for 30 days; not otherwise', new.account_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop trigger if exists keep_closure on accounts.account_closure;
create trigger keep_closure before insert or update of reopened_at, purged_at on accounts.account_closure for each row execute function accounts.keep_closure();
revoke update, delete on accounts.account_closure from plura_app;
grant update (reopened_at, reopened_by, warned_at, purged_at) on accounts.account_closure to plura_app;

-- Deletes some of a closed account's rows, of whatever module, and answers of which tables how many; with nothing left it deletes the account
-- itself. The app may delete no ledger and no log: it may only ask for this, and only for an account whose day has come by PostgreSQL's own
-- clock. Each call is one transaction, so a kill between two loses nothing, and the next call goes on where the last one ended.
drop function if exists accounts.purge_account(uuid, timestamptz, integer);
create or replace function accounts.purge_account(account uuid, most integer) returns table (relation text, gone bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  total bigint := 0;
begin
  perform pg_advisory_xact_lock(20562, hashtext(purge_account.account::text));
  if not exists (
    select from accounts.account_closure c
    where c.account_id = purge_account.account and c.reopened_at is null and c.purged_at is null and c.purge_at <= accounts.clock()) then
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

revoke all on function accounts.purge_account(uuid, integer) from public;
revoke all on function accounts.check_purges(timestamptz) from public;
grant execute on function accounts.purge_account(uuid, integer) to plura_app;
grant execute on function accounts.check_purges(timestamptz) to plura_app;
