-- What the model cannot say: the search by name, the words that columns may hold, and who sees what.
create index if not exists opportunity_search on opportunities.opportunity using gin (tenant_id, search_text gin_trgm_ops);

alter table opportunities.opportunity drop constraint if exists opportunity_status;
alter table opportunities.opportunity add constraint opportunity_status check (status in ('open', 'won', 'lost', 'abandoned'));
alter table opportunities.stage drop constraint if exists stage_probability;
alter table opportunities.stage add constraint stage_probability check (probability between 0 and 100);

-- "Only what is assigned to me": a card is mine by its owner, or because its contact is (contacts.sql).
drop policy if exists assigned on opportunities.opportunity;
create policy assigned on opportunities.opportunity as restrictive to plura_narrow using (
    coalesce(owner_id = any (string_to_array((select current_setting('plura.assignees', true)), ',')::uuid[]), false) or contacts.is_seen(contact_id));

drop policy if exists assigned on opportunities.opportunity_step;
create policy assigned on opportunities.opportunity_step as restrictive for select to plura_narrow using (
    exists (select from opportunities.opportunity o where o.tenant_id = opportunity_step.tenant_id and o.id = opportunity_step.opportunity_id));

-- LIKE is not leakproof: see contacts.search_contact. Ids only; what the policies above say is repeated, because the cap would else count what nobody may see.
create or replace function opportunities.search_opportunity(words text[], cap integer) returns table (opportunity_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    tenant constant uuid := nullif(current_setting('plura.tenant_id', true), '')::uuid;
    assignees constant text := nullif(current_setting('plura.assignees', true), '');
    condition text := contacts.all_words(words);
begin
    if tenant is null or coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    if assignees is not null then
        condition := condition || format(' and (owner_id = any (string_to_array(%L, '','')::uuid[]) or contacts.is_seen(contact_id))', assignees);
    end if;
    return query execute format('select id from opportunities.opportunity where tenant_id = %L%s limit %s', tenant, condition, cap);
end $$;
revoke all on function opportunities.search_opportunity(text[], integer) from public;
grant execute on function opportunities.search_opportunity(text[], integer) to plura_app;

-- For the worker that ends what was deleted long ago, which stands in no account: which accounts have such opportunities, and nothing else about them.
create or replace function opportunities.accounts_with_deleted(until timestamptz) returns table (account uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct o.tenant_id from opportunities.opportunity o where o.deleted_at <= accounts_with_deleted.until
$$;
revoke all on function opportunities.accounts_with_deleted(timestamptz) from public;
grant execute on function opportunities.accounts_with_deleted(timestamptz) to plura_app;
