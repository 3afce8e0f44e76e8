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
