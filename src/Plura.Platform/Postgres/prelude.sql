-- What must stand before the first table: run on every start of a new version, so everything here may run again.
do $$ begin
    if not exists (select from pg_roles where rolname = 'plura_owner') or not exists (select from pg_roles where rolname = 'plura_app') then
        raise exception 'The roles plura_owner (nologin bypassrls) and plura_app (login) must exist.';
    end if;
end $$;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create schema if not exists platform authorization plura_owner;
grant usage on schema platform to plura_app;
grant usage, create on schema public to plura_owner;
set role plura_owner;

create table if not exists platform.script (name text primary key, hash text not null);
create table if not exists platform.key_name (name text primary key, fingerprint text not null);

create or replace function platform.refuse_change() returns trigger language plpgsql as $$
begin
    -- The end of an account takes along what is otherwise only added to (platform.purge_rows). The app is not its owner, whatever it sets.
    if tg_op = 'DELETE' and current_user = 'plura_owner' and coalesce(current_setting('plura.purging', true), '') <> '' then
        return null;
    end if;
    raise exception '% on %.% is refused: its rows are only ever added', tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- A node holds an advisory lock (class 20556) under its number while it lives.
-- plpgsql, because it keeps its plan: in SQL it is planned anew at each call, and every round of the sender asks.
create or replace function platform.node_is_alive(node integer) returns boolean language plpgsql stable as $$
begin
    return exists (
        select from pg_locks
        where locktype = 'advisory' and classid = 20556 and objid = node and granted
          and database = (select oid from pg_database where datname = current_database()));
end $$;

create or replace function platform.ring() returns trigger language plpgsql as $$
begin
    perform pg_notify(tg_argv[0], '');
    return null;
end $$;

-- After one large write the planner would believe for a minute that the tables are as small as before, and a join of two large
-- lists row by row runs for hours. Looks at every table that changed by a fifth; the app owns none, so that this must run as the owner.
create or replace function platform.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare grown regclass;
begin
    for grown in
        select s.relid::regclass from pg_stat_user_tables s join pg_class c on c.oid = s.relid
        where c.relowner = 'plura_owner'::regrole and s.n_mod_since_analyze > greatest(5000, s.n_live_tup / 5)
        order by s.relid
    loop
        execute format('analyze %s', grown);
    end loop;
end $$;
revoke all on function platform.refresh_statistics() from public;
grant execute on function platform.refresh_statistics() to plura_app;

reset role;
