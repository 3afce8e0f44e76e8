-- A value that only one may have belongs to a contact or to a company. The keys are looked at when the transaction ends, so that a value can be
-- taken before its owner is written.
alter table contacts.unique_value drop constraint if exists unique_value_owner;
alter table contacts.unique_value add constraint unique_value_owner check (num_nonnulls(contact_id, company_id) = 1);
alter table contacts.unique_value alter constraint fk_unique_value_contact_tenant_id_contact_id deferrable initially deferred;
alter table contacts.unique_value alter constraint fk_unique_value_company_tenant_id_company_id deferrable initially deferred;

-- Takes an owner's unique values and lets go of those it had before; answers the fields whose value is somebody else's, and then has taken nothing.
-- It runs as its owner, because a value that the session may not see is taken all the same. Whoever changes which fields are unique waits for us.
create or replace function contacts.take_values(entity text, owner uuid, fields jsonb) returns table (key text, label text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    tenant constant uuid := nullif(current_setting('plura.tenant_id', true), '')::uuid;
    contact constant uuid := case when entity = 'contact' then owner end;
    company constant uuid := case when entity = 'company' then owner end;
    clashes text[];
begin
    if tenant is null then
        return;
    end if;
    perform pg_advisory_xact_lock_shared(20582, hashtext(tenant::text));
    begin
        delete from contacts.unique_value v where v.tenant_id = tenant and (v.contact_id = contact or v.company_id = company)
            and not exists (select from contacts.custom_field f where f.tenant_id = tenant and f.id = v.field_id and contacts.fold(take_values.fields ->> f.key) = v.normal);
        insert into contacts.unique_value (tenant_id, field_id, normal, contact_id, company_id)
        select tenant, f.id, contacts.fold(take_values.fields ->> f.key), contact, company
        from contacts.custom_field f
        where f.tenant_id = tenant and f.entity = take_values.entity and f.is_unique and take_values.fields ->> f.key <> ''
        order by f.id
        on conflict (tenant_id, field_id, normal) do nothing;
        clashes := array(
            select f.key from contacts.custom_field f
            where f.tenant_id = tenant and f.entity = take_values.entity and f.is_unique and take_values.fields ->> f.key <> ''
              and not exists (select from contacts.unique_value v where v.tenant_id = tenant and v.field_id = f.id
                              and v.normal = contacts.fold(take_values.fields ->> f.key) and (v.contact_id = contact or v.company_id = company)));
        if cardinality(clashes) > 0 then
            raise exception using errcode = 'PL001';
        end if;
    exception when sqlstate 'PL001' then
        null;
    end;
    return query select f.key, f.label from contacts.custom_field f where f.tenant_id = tenant and f.entity = take_values.entity and f.key = any (clashes);
end $$;
revoke all on function contacts.take_values(text, uuid, jsonb) from public;
grant execute on function contacts.take_values(text, uuid, jsonb) to plura_app;

-- Somebody with a narrowed sight (plura_narrow, see contacts.sql) learns of no value but those of contacts and companies they see.
drop policy if exists assigned on contacts.unique_value;
create policy assigned on contacts.unique_value as restrictive for select to plura_narrow using (
    exists (select from contacts.contact c where c.tenant_id = unique_value.tenant_id and c.id = unique_value.contact_id)
    or exists (select from contacts.company k where k.tenant_id = unique_value.tenant_id and k.id = unique_value.company_id));

-- A file in a field belongs to one thing alone. Makes those among its values an owner's and lets go of the ones it had before; answers the ids of
-- these, or, and then nothing was done, with their fields those that are another's. It runs as its owner, because a file that the session may not
-- see is taken all the same; they are held first, so that two who take the same one come after each other.
create or replace function contacts.take_files(entity text, owner uuid, fields jsonb, at timestamptz) returns table (file_id uuid, key text, label text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    tenant constant uuid := nullif(current_setting('plura.tenant_id', true), '')::uuid;
    wanted constant uuid[] := array(
        select left(take_files.fields ->> f.key, 36)::uuid from contacts.custom_field f
        where f.tenant_id = tenant and f.entity = take_files.entity and f.kind = 'file'
          and take_files.fields ->> f.key ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} ');
begin
    if tenant is null then
        return;
    end if;
    perform 1 from contacts.field_file f where f.tenant_id = tenant and f.id = any (wanted) order by f.id for update;
    return query
        select f.id, c.key, c.label from contacts.field_file f join contacts.custom_field c on c.tenant_id = f.tenant_id and c.id = f.field_id
        where f.tenant_id = tenant and f.id = any (wanted) and f.owner_id <> take_files.owner;
    if found then
        return;
    end if;
    update contacts.field_file f set owner_id = take_files.owner, removed_at = null where f.tenant_id = tenant and f.id = any (wanted);
    return query
        update contacts.field_file f set removed_at = take_files.at
        where f.tenant_id = tenant and f.owner_id = take_files.owner and f.removed_at is null and not f.id = any (wanted)
        returning f.id, null::text, null::text;
end $$;
revoke all on function contacts.take_files(text, uuid, jsonb, timestamptz) from public;
grant execute on function contacts.take_files(text, uuid, jsonb, timestamptz) to plura_app;

-- Files of contacts and companies that a narrowed sight does not see are not seen either; an opportunity's are found by way of it alone.
drop policy if exists assigned on contacts.field_file;
create policy assigned on contacts.field_file as restrictive for select to plura_narrow using (
    owner_id is null or entity = 'opportunity'
    or exists (select from contacts.contact c where c.tenant_id = field_file.tenant_id and c.id = field_file.owner_id)
    or exists (select from contacts.company k where k.tenant_id = field_file.tenant_id and k.id = field_file.owner_id));
