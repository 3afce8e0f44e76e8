-- Events are only added, in the order of time: this index costs next to nothing and finds the last hours among years.
create index if not exists send_event_time on messaging.send_event using brin (at) with (pages_per_range = 16, autosummarize = on);

-- Adds up the days since then, of all accounts: counts only.
create or replace function messaging.roll_sending(since timestamptz) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with days as (
    insert into messaging.sending_day (account_id, day, accepted, bounced)
    select e.tenant_id, (e.at at time zone 'UTC')::date, count(*) filter (where e.kind = 'accepted'), count(*) filter (where e.kind = 'bounced')
    from messaging.send_event e
    where e.at >= (roll_sending.since at time zone 'UTC')::date::timestamp at time zone 'UTC' and e.kind in ('accepted', 'bounced')
    group by 1, 2
    on conflict (account_id, day) do update set accepted = excluded.accepted, bounced = excluded.bounced
    returning 1)
  select count(*) from days
$$;
revoke all on function messaging.roll_sending(timestamptz) from public;
grant execute on function messaging.roll_sending(timestamptz) to plura_app;

-- What waits for another day, or for a person, may go now: the account was released.
create or replace function messaging.due_now(account uuid, reasons text[], at timestamptz) returns bigint
language sql volatile as $$
  with freed as (
    update messaging.send s set due_at = due_now.at
    where s.tenant_id = due_now.account and s.state = 'deferred' and s.reason = any (due_now.reasons) and s.due_at > due_now.at
    returning s.origin, s.origin_id),
  woken as (
    update messaging.dispatch d set next_due_at = least(coalesce(d.next_due_at, due_now.at), due_now.at)
    from (select distinct origin, origin_id from freed) f
    where d.tenant_id = due_now.account and d.origin = f.origin and d.origin_id = f.origin_id
    returning 1)
  select count(*) from freed
$$;
grant execute on function messaging.due_now(uuid, text[], timestamptz) to plura_app;
