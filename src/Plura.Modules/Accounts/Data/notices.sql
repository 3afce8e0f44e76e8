-- A new notice, or one that somebody has read, shows on open pages when it commits.
create or replace function accounts.notice_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('plura_live', new.tenant_id || ' notices');
    return null;
end $$;
drop trigger if exists notice_changed on accounts.notice;
create trigger notice_changed after insert or update on accounts.notice for each row execute function accounts.notice_changed();
drop trigger if exists notice_changed on accounts.notice_reading;
create trigger notice_changed after insert on accounts.notice_reading for each row execute function accounts.notice_changed();

-- For the worker that forgets old news, which stands in no account: which accounts have some, and nothing else about them.
create or replace function accounts.accounts_with_old_notices(until timestamptz) returns table (account uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct n.tenant_id from accounts.notice n where n.at <= accounts_with_old_notices.until
$$;
revoke all on function accounts.accounts_with_old_notices(timestamptz) from public;
grant execute on function accounts.accounts_with_old_notices(timestamptz) to plura_app;
