-- Indexes and checks that the model cannot say, and the one search over contacts.
create index if not exists contact_search on contacts.contact using gin (tenant_id, search_text gin_trgm_ops);

-- One main address of each kind per contact, and none of them twice.
create unique index if not exists contact_point_main on contacts.contact_point (tenant_id, contact_id, kind) where is_primary;
create unique index if not exists contact_point_once on contacts.contact_point (tenant_id, contact_id, kind, normal);

alter table contacts.contact_point drop constraint if exists contact_point_kind;
alter table contacts.contact_point add constraint contact_point_kind check (kind in ('email', 'phone'));

-- Lower case without accents, as ContactText.Fold does it. lower() alone knows only ASCII in a cluster without a locale.
create or replace function contacts.fold(value text) returns text language sql immutable parallel safe as $$
    select translate(lower(normalize(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g'), NFC)),
        'ÆØŁĐÞŒÐŊĦŦΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐ',
        'æøłđþœðŋħŧαβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґ')
$$;
grant execute on function contacts.fold(text) to plura_app;

-- LIKE is not leakproof, so row security would refuse the index: this function runs as its owner, repeats the tenant, and returns ids only.
-- "cap" bounds the work: a search that finds more is one that nobody reads to the end.
create or replace function contacts.search_contact(words text[], cap integer) returns table (contact_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    tenant constant uuid := nullif(current_setting('plura.tenant_id', true), '')::uuid;
    condition text := '';
    word text;
begin
    if tenant is null or coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    foreach word in array words loop
        -- The word becomes a quoted literal, its wildcards plain characters.
        condition := condition || format(' and search_text like %L', '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%');
    end loop;
    return query execute format('select id from contacts.contact where tenant_id = %L%s limit %s', tenant, condition, cap);
end $$;
revoke all on function contacts.search_contact(text[], integer) from public;
grant execute on function contacts.search_contact(text[], integer) to plura_app;

-- How many contacts an account has, for those who stand outside it: the number, and nothing else.
create or replace function contacts.count_contacts(account uuid) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) from contacts.contact where tenant_id = count_contacts.account
$$;
revoke all on function contacts.count_contacts(uuid) from public;
grant execute on function contacts.count_contacts(uuid) to plura_app;
