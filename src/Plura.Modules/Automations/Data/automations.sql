-- What the model cannot say: who is told that work is there, and what automations hear of where many rows change at once.

-- Whoever runs automations looks when this commits.
create or replace function automations.ring() returns trigger language plpgsql as $$
begin
    perform pg_notify('plura_automation', '');
    return null;
end $$;
drop trigger if exists ring on automations.happening;
create trigger ring after insert on automations.happening for each statement execute function automations.ring();

-- What other modules' rows say of contacts, set by set. Nothing is written where no automation of the account listens. It writes only into the account of the
-- session, as row security would have it.
create or replace function automations.happened(what text, contacts uuid[], things uuid[]) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into automations.happening (tenant_id, kind, contact_id, thing_id)
    select l.tenant_id, l.kind, h.contact, h.thing
    from automations.listening l, unnest(contacts, things) as h (contact, thing)
    where l.tenant_id = nullif(current_setting('plura.tenant_id', true), '')::uuid and l.kind = what
$$;

-- The id of a thing that has a word and no row (FixedThings in C#).
create or replace function automations.thing(kind text, word text) returns uuid language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select encode(substring(sha256(convert_to(kind || ':' || word, 'UTF8')) from 1 for 16), 'hex')::uuid
$$;

-- Whether any automation of the session's account listens to one of these kinds: asked before much is looked up for them.
create or replace function automations.listens(kinds text[]) returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from automations.listening l where l.tenant_id = nullif(current_setting('plura.tenant_id', true), '')::uuid and l.kind = any(kinds))
$$;

-- For the worker, which stands in no account: in which accounts something waits to be looked at or to go on, and nothing else about them. One step of an index for
-- each account, however many rows it has.
create or replace function automations.accounts_with_work(until timestamptz) returns table (account uuid, heard boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with recursive told (account) as (
        (select h.tenant_id from automations.happening h order by h.tenant_id limit 1)
        union all
        select (select h.tenant_id from automations.happening h where h.tenant_id > told.account order by h.tenant_id limit 1) from told where told.account is not null
    ), going (account) as (
        (select r.tenant_id from automations.run r where r.wake_at is not null order by r.tenant_id limit 1)
        union all
        select (select r.tenant_id from automations.run r where r.wake_at is not null and r.tenant_id > going.account order by r.tenant_id limit 1)
        from going where going.account is not null
    )
    select told.account, true from told where told.account is not null
    union all
    select going.account, false from going
    where going.account is not null and exists (select from automations.run r where r.tenant_id = going.account and r.wake_at <= accounts_with_work.until)
$$;
revoke all on function automations.accounts_with_work(timestamptz) from public;
grant execute on function automations.accounts_with_work(timestamptz) to plura_app;
