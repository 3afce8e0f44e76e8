-- Duplicates concern everybody's contacts: whoever sees only what is assigned to them (plura_narrow, see contacts.sql) sees none of it. Of merges they see
-- those whose contact they see, so that an old link of theirs still leads to it.
do $$
declare whole text;
begin
    foreach whole in array array['duplicate', 'not_same', 'duplicate_search'] loop
        execute format('drop policy if exists assigned on contacts.%I', whole);
        execute format('create policy assigned on contacts.%I as restrictive for select to plura_narrow using (false)', whole);
    end loop;
end $$;

drop policy if exists assigned on contacts.merge;
create policy assigned on contacts.merge as restrictive for select to plura_narrow using (
    exists (select from contacts.contact c where c.tenant_id = merge.tenant_id and c.id = merge.winner_id));

alter table contacts.duplicate drop constraint if exists duplicate_order;
alter table contacts.duplicate add constraint duplicate_order check (first_id < second_id);
alter table contacts.not_same drop constraint if exists not_same_order;
alter table contacts.not_same add constraint not_same_order check (first_id < second_id);

-- For the worker that empties bins, which stands in no account: which accounts have something that is older, and nothing else about them.
create or replace function contacts.accounts_with_old(until timestamptz) returns table (account uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select b.tenant_id from contacts.bin b where b.deleted_at <= accounts_with_old.until
    union
    select c.tenant_id from contacts.company_bin c where c.deleted_at <= accounts_with_old.until
    union
    select m.tenant_id from contacts.merge m where m.at <= accounts_with_old.until and (m.loser is not null or m.loser_name <> '')
$$;
revoke all on function contacts.accounts_with_old(timestamptz) from public;
grant execute on function contacts.accounts_with_old(timestamptz) to plura_app;
