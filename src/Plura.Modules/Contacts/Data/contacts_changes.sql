-- Which transaction wrote a contact last, and which deleted one: by these, columns that a node holds in memory are brought up to date before each
-- count (ADR 0017). A number is no moment of commit: whoever asks begins with the oldest transaction that was still open when they asked last.
create or replace function contacts.note_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.changed_in := pg_current_xact_id();
    return new;
end $$;
drop trigger if exists note_change on contacts.contact;
-- A statement that changes very many says it itself and spares the call for each.
create trigger note_change before update on contacts.contact for each row
    when (new.changed_in is not distinct from old.changed_in) execute function contacts.note_change();

create or replace function contacts.note_gone() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    -- The end of an account leaves nothing behind (platform.purge_rows), and nobody counts in it any more.
    if current_user = 'plura_owner' and coalesce(current_setting('plura.purging', true), '') <> '' then
        return null;
    end if;
    insert into contacts.contact_gone (tenant_id, contact_id, gone_in, at)
    select gone.tenant_id, gone.id, pg_current_xact_id(), now() from gone
    on conflict do nothing;
    return null;
end $$;
drop trigger if exists note_gone on contacts.contact;
create trigger note_gone after delete on contacts.contact referencing old table as gone for each statement execute function contacts.note_gone();

-- Whoever sees only what is assigned to them is not counted for from memory, and learns nothing of what others deleted.
drop policy if exists assigned on contacts.contact_gone;
create policy assigned on contacts.contact_gone as restrictive for select to plura_narrow using (false);

-- What is held is made anew before it is a day old: then nobody asks for these any more.
create or replace function contacts.forget_gone() returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with forgotten as (delete from contacts.contact_gone where at < now() - interval '1 day' returning contact_id)
    select count(*) from forgotten
$$;
revoke all on function contacts.forget_gone() from public;
grant execute on function contacts.forget_gone() to plura_app;
