create index if not exists company_search on contacts.company using gin (tenant_id, search_text gin_trgm_ops);

-- What stood as a text before there were companies.
insert into contacts.company (tenant_id, id, name, normal, search_text, website, phone, street, postal_code, city, region, country, fields, created_at, updated_at)
select distinct on (c.tenant_id, contacts.fold(c.company)) c.tenant_id, gen_random_uuid(), c.company, contacts.fold(c.company), contacts.fold(c.company), '', '', '', '', '', '', '', '{}', c.created_at, c.created_at
from contacts.contact c where c.company <> '' and c.company_id is null
order by c.tenant_id, contacts.fold(c.company), c.created_at, c.id
on conflict (tenant_id, normal) do nothing;
update contacts.contact c set company_id = k.id, company = k.name
from contacts.company k where c.company <> '' and c.company_id is null and k.tenant_id = c.tenant_id and k.normal = contacts.fold(c.company);

-- A session with a narrowed sight (plura_narrow, see contacts.sql) sees the companies that it looks after, and those for which contacts work that it sees.
drop policy if exists assigned on contacts.company;
create policy assigned on contacts.company as restrictive for select to plura_narrow using (
    coalesce(assignee_id = any (string_to_array((select current_setting('plura.assignees', true)), ',')::uuid[]), false)
    or exists (select from contacts.contact c where c.tenant_id = company.tenant_id and c.company_id = company.id));

drop policy if exists assigned on contacts.company_change;
create policy assigned on contacts.company_change as restrictive for select to plura_narrow using (
    exists (select from contacts.company k where k.tenant_id = company_change.tenant_id and k.id = company_change.company_id));

drop policy if exists assigned on contacts.company_bin;
create policy assigned on contacts.company_bin as restrictive for select to plura_narrow using (false);

drop policy if exists assigned on contacts.contact_follower;
create policy assigned on contacts.contact_follower as restrictive for select to plura_narrow using (
    exists (select from contacts.contact c where c.tenant_id = contact_follower.tenant_id and c.id = contact_follower.contact_id));

-- The company of a name, made where it is new: two who name it at the same moment get the same one. It runs as its owner, because a company that
-- the session does not see yet is still the one of that name.
create or replace function contacts.name_company(new_id uuid, wanted text, assignee uuid, at timestamptz) returns table (id uuid, name text, made boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    tenant constant uuid := nullif(current_setting('plura.tenant_id', true), '')::uuid;
    folded constant text := contacts.fold(wanted);
begin
    if not exists (select from contacts.company k where k.tenant_id = tenant and k.normal = folded) then
        perform pg_advisory_xact_lock(20583, hashtext(tenant::text || folded));
    end if;
    insert into contacts.company (tenant_id, id, name, normal, search_text, website, phone, street, postal_code, city, region, country, fields, assignee_id, created_at, updated_at)
    select tenant, new_id, wanted, folded, folded, '', '', '', '', '', '', '', '{}', assignee, name_company.at, name_company.at
    where tenant is not null and not exists (select from contacts.company k where k.tenant_id = tenant and k.normal = folded)
    on conflict (tenant_id, normal) do nothing;
    return query select k.id, k.name, k.id = new_id from contacts.company k where k.tenant_id = tenant and k.normal = folded;
end $$;
revoke all on function contacts.name_company(uuid, text, uuid, timestamptz) from public;
grant execute on function contacts.name_company(uuid, text, uuid, timestamptz) to plura_app;

-- As contacts.search_contact: LIKE is not leakproof, so its owner asks, and repeats what the policies say.
create or replace function contacts.search_company(words text[], cap integer) returns table (company_id uuid)
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
        condition := condition || format(' and (k.assignee_id = any (string_to_array(%1$L, '','')::uuid[]) or exists (select from contacts.contact c
            where c.tenant_id = k.tenant_id and c.company_id = k.id and c.assignee_id = any (string_to_array(%1$L, '','')::uuid[])))', assignees);
    end if;
    return query execute format('select k.id from contacts.company k where k.tenant_id = %L%s limit %s', tenant, condition, coalesce(cap::text, 'all'));
end $$;
revoke all on function contacts.search_company(text[], integer) from public;
grant execute on function contacts.search_company(text[], integer) to plura_app;

-- After a company got another name: the texts of its people that hold it, as ContactText writes them. As its owner, because the name concerns
-- also those that the session does not see.
create or replace function contacts.rename_company(company uuid, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update contacts.contact c set company = k.name, updated_at = rename_company.at,
        sort_name = contacts.fold(coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), k.name)),
        search_text = left(contacts.fold(array_to_string(array_remove(array[c.first_name, c.last_name, k.name] || coalesce(p.normals, '{}'), ''), ' ')), 2000)
    from contacts.company k, contacts.contact o
    left join lateral (select array_agg(cp.normal order by cp.kind, not cp.is_primary, cp.position) as normals
                       from contacts.contact_point cp where cp.tenant_id = o.tenant_id and cp.contact_id = o.id) p on true
    where k.tenant_id = nullif(current_setting('plura.tenant_id', true), '')::uuid and k.id = rename_company.company
      and o.tenant_id = k.tenant_id and o.company_id = k.id and c.tenant_id = o.tenant_id and c.id = o.id
$$;
revoke all on function contacts.rename_company(uuid, timestamptz) from public;
grant execute on function contacts.rename_company(uuid, timestamptz) to plura_app;

-- Which company has a name (folded); the zero id where none has. Its owner asks, because a name may be a company's that the session does not see.
create or replace function contacts.company_of_name(folded text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select k.id from contacts.company k
                     where k.tenant_id = nullif(current_setting('plura.tenant_id', true), '')::uuid and k.normal = company_of_name.folded),
                    '00000000-0000-0000-0000-000000000000')
$$;
revoke all on function contacts.company_of_name(text) from public;
grant execute on function contacts.company_of_name(text) to plura_app;
