-- How many sends of an origin are in which state. To count the rows is to read them all, twice a second while somebody watches
-- half a million go out. So the sums are kept, in the transaction that moves the rows, and by the database: no statement can forget them.
--
-- Each statement adds rows that say what it changed ("planned −128, accepted +128") and updates none, so nobody waits for anybody.
-- About one statement in a hundred folds the rows of its origins into one per kind.

-- What one send counts as: its state, where a reason explains the state that too, and what its reader did.
create or replace function messaging.tallied(state text, reason text, opened timestamptz, clicked timestamptz, unsubscribed timestamptz, robot_opened timestamptz, robot_clicked timestamptz)
    returns table (kind text, why text) language sql immutable parallel safe as $$
    select k.kind, k.why from (values
        (case when state in ('claimed', 'intended') then 'planned' else state end,
            case when state in ('withheld', 'bounced', 'deferred', 'unknown') then coalesce(reason, '') else '' end, true),
        ('opened', '', opened is not null),
        ('clicked', '', clicked is not null),
        ('unsubscribed', '', unsubscribed is not null),
        ('robot_opened', '', opened is null and robot_opened is not null),
        ('robot_clicked', '', clicked is null and robot_clicked is not null)
    ) as k (kind, why, counts) where k.counts
$$;

-- Takes only rows that nobody else is folding, and leaves their sums.
create or replace function messaging.fold_tally(of_tenant uuid, of_origin text, of_origin_id uuid) returns void language sql as $$
    with mine as (
        select id from messaging.send_tally where tenant_id = of_tenant and origin = of_origin and origin_id = of_origin_id for update skip locked),
    folded as (
        delete from messaging.send_tally t using mine m
        where t.tenant_id = of_tenant and t.origin = of_origin and t.origin_id = of_origin_id and t.id = m.id returning t.kind, t.reason, t.number)
    insert into messaging.send_tally (tenant_id, origin, origin_id, id, kind, reason, number)
    select of_tenant, of_origin, of_origin_id, gen_random_uuid(), kind, reason, sum(number) from folded group by kind, reason having sum(number) <> 0
$$;

create or replace function messaging.tally_sends() returns trigger language plpgsql as $$
declare
    touched record;
begin
    if tg_op = 'INSERT' then
        insert into messaging.send_tally (tenant_id, origin, origin_id, id, kind, reason, number)
        select s.tenant_id, s.origin, s.origin_id, gen_random_uuid(), t.kind, t.why, count(*)
        from after_it s cross join lateral messaging.tallied(s.state, s.reason, s.opened_at, s.clicked_at, s.unsubscribed_at, s.robot_opened_at, s.robot_clicked_at) t
        group by s.tenant_id, s.origin, s.origin_id, t.kind, t.why;
        return null;
    end if;

    if tg_op = 'DELETE' then
        insert into messaging.send_tally (tenant_id, origin, origin_id, id, kind, reason, number)
        select s.tenant_id, s.origin, s.origin_id, gen_random_uuid(), t.kind, t.why, -count(*)
        from before_it s cross join lateral messaging.tallied(s.state, s.reason, s.opened_at, s.clicked_at, s.unsubscribed_at, s.robot_opened_at, s.robot_clicked_at) t
        group by s.tenant_id, s.origin, s.origin_id, t.kind, t.why;
        return null;
    end if;

    insert into messaging.send_tally (tenant_id, origin, origin_id, id, kind, reason, number)
    select x.tenant_id, x.origin, x.origin_id, gen_random_uuid(), x.kind, x.why, sum(x.number)
    from (
        select s.tenant_id, s.origin, s.origin_id, t.kind, t.why, 1 as number
        from after_it s cross join lateral messaging.tallied(s.state, s.reason, s.opened_at, s.clicked_at, s.unsubscribed_at, s.robot_opened_at, s.robot_clicked_at) t
        union all
        select s.tenant_id, s.origin, s.origin_id, t.kind, t.why, -1
        from before_it s cross join lateral messaging.tallied(s.state, s.reason, s.opened_at, s.clicked_at, s.unsubscribed_at, s.robot_opened_at, s.robot_clicked_at) t
    ) x
    group by x.tenant_id, x.origin, x.origin_id, x.kind, x.why having sum(x.number) <> 0;

    if random() < 0.01 then
        for touched in select distinct s.tenant_id, s.origin, s.origin_id from after_it s loop
            perform messaging.fold_tally(touched.tenant_id, touched.origin, touched.origin_id);
        end loop;
    end if;
    return null;
end
$$;

create or replace trigger tally_insert after insert on messaging.send referencing new table as after_it for each statement execute function messaging.tally_sends();
create or replace trigger tally_update after update on messaging.send referencing old table as before_it new table as after_it for each statement execute function messaging.tally_sends();
create or replace trigger tally_delete after delete on messaging.send referencing old table as before_it for each statement execute function messaging.tally_sends();

-- The triggers hold everyone else off until this script commits: from here on the sums are right, whatever they were.
delete from messaging.send_tally;
insert into messaging.send_tally (tenant_id, origin, origin_id, id, kind, reason, number)
select s.tenant_id, s.origin, s.origin_id, gen_random_uuid(), t.kind, t.why, count(*)
from messaging.send s cross join lateral messaging.tallied(s.state, s.reason, s.opened_at, s.clicked_at, s.unsubscribed_at, s.robot_opened_at, s.robot_clicked_at) t
group by s.tenant_id, s.origin, s.origin_id, t.kind, t.why;
