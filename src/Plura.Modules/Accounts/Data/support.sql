-- Whether a person who is no member may stand inside an account now: the grant that lets them in, and whether they came in by it.
-- The door asks before it enters the account, so it asks with its owner's rights; it learns nothing but this.
create or replace function accounts.support_way(account uuid, person uuid, as_operator boolean, at timestamptz, since timestamptz)
returns table (id uuid, agency_id uuid, may text, ends_at timestamptz, inside boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select g.id, g.agency_id, g.may, g.ends_at,
    coalesce((
      select v.act = 'enter' and v.at > support_way.since
      from accounts.support_visit v
      where v.tenant_id = g.tenant_id and v.grant_id = g.id and v.user_id = support_way.person
      order by v.at desc, v.id desc limit 1), false) as inside
  from accounts.support_grant g
  where g.tenant_id = support_way.account and g.ends_at > support_way.at
    and not exists (select from accounts.support_grant_end e where e.tenant_id = g.tenant_id and e.grant_id = g.id)
    and case when g.agency_id is null then support_way.as_operator else exists (
      select from accounts.account a
      join accounts.agency_member m on m.agency_id = a.agency_id
      where a.id = g.tenant_id and a.agency_id = g.agency_id and m.user_id = support_way.person) end
  order by inside desc, g.may desc, g.ends_at desc
  limit 1
$$;

-- The accounts that let an agency in now; the operator's desk asks with null. Nothing of what is in them.
create or replace function accounts.support_open(agency uuid, at timestamptz)
returns table (id uuid, account_id uuid, slug text, name text, may text, reason text, ends_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  -- In a closed account nothing changes, whatever was granted before.
  select g.id, a.id, a.slug, a.name, case when a.readable_until is null then g.may else 'look' end, g.reason, g.ends_at
  from accounts.support_grant g
  join accounts.account a on a.id = g.tenant_id
  where g.ends_at > support_open.at
    and (case when support_open.agency is null then g.agency_id is null else g.agency_id = support_open.agency and a.agency_id = support_open.agency end)
    and not exists (select from accounts.support_grant_end e where e.tenant_id = g.tenant_id and e.grant_id = g.id)
  order by g.ends_at, g.id
$$;

revoke all on function accounts.support_way(uuid, uuid, boolean, timestamptz, timestamptz) from public;
revoke all on function accounts.support_open(uuid, timestamptz) from public;
grant execute on function accounts.support_way(uuid, uuid, boolean, timestamptz, timestamptz) to plura_app;
grant execute on function accounts.support_open(uuid, timestamptz) to plura_app;

-- Whoever is inside sees at once that somebody may come in, came in, or may no longer; and open streams ask again whether they may stay.
create or replace function accounts.doors_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('plura_live', (to_jsonb(new) ->> tg_argv[0]) || ' doors');
    return null;
end $$;
drop trigger if exists doors_changed on accounts.support_grant;
create trigger doors_changed after insert on accounts.support_grant for each row execute function accounts.doors_changed('tenant_id');
drop trigger if exists doors_changed on accounts.support_grant_end;
create trigger doors_changed after insert on accounts.support_grant_end for each row execute function accounts.doors_changed('tenant_id');
drop trigger if exists doors_changed on accounts.support_visit;
create trigger doors_changed after insert on accounts.support_visit for each row execute function accounts.doors_changed('tenant_id');
drop trigger if exists doors_changed on accounts.account_pause;
create trigger doors_changed after insert or update on accounts.account_pause for each row execute function accounts.doors_changed('account_id');
drop trigger if exists doors_changed on accounts.account_closure;
create trigger doors_changed after insert or update of reopened_at on accounts.account_closure for each row execute function accounts.doors_changed('account_id');

drop trigger if exists doors_changed on accounts.account_stop;
create trigger doors_changed after insert or update on accounts.account_stop for each row execute function accounts.doors_changed('account_id');

-- A figure for the public policy page: visits of support, and how many of them no grant allowed at that moment.
create or replace function accounts.check_support() returns table (failures bigint, population bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where not exists (
      select from accounts.support_grant g
      left join accounts.support_grant_end e on e.tenant_id = g.tenant_id and e.grant_id = g.id
      where g.tenant_id = v.tenant_id and g.id = v.grant_id and v.at between g.granted_at and least(g.ends_at, e.ended_at))), count(*)
  from accounts.support_visit v
  where v.act = 'enter'
$$;
revoke all on function accounts.check_support() from public;
grant execute on function accounts.check_support() to plura_app;
