-- Indexes and checks that the model cannot say, and the one search over contacts.
create index if not exists search_line_letters on contacts.search_line using gin (tenant_id, search_text gin_trgm_ops);

-- With the owner's rights: whoever gives a contact away does not see it any more when its line follows.
create or replace function contacts.add_search_lines() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into contacts.search_line (tenant_id, contact_id, search_text) select tenant_id, id, search_text from arrived;
    return null;
end $$;
revoke all on function contacts.add_search_lines() from public;
drop trigger if exists add_search_lines on contacts.contact;
create trigger add_search_lines after insert on contacts.contact referencing new table as arrived for each statement execute function contacts.add_search_lines();

create or replace function contacts.change_search_line() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into contacts.search_line (tenant_id, contact_id, search_text) values (new.tenant_id, new.id, new.search_text)
    on conflict (tenant_id, contact_id) do update set search_text = excluded.search_text;
    return null;
end $$;
revoke all on function contacts.change_search_line() from public;
drop trigger if exists change_search_line on contacts.contact;
create trigger change_search_line after update of search_text on contacts.contact for each row
    when (old.search_text is distinct from new.search_text) execute function contacts.change_search_line();

-- What was written while these triggers were not there yet, by a node of an earlier version.
insert into contacts.search_line (tenant_id, contact_id, search_text)
select c.tenant_id, c.id, c.search_text from contacts.contact c left join contacts.search_line s on s.tenant_id = c.tenant_id and s.contact_id = c.id
where s.search_text is distinct from c.search_text
on conflict (tenant_id, contact_id) do update set search_text = excluded.search_text;

-- One main address of each kind per contact, and none of them twice.
create unique index if not exists contact_point_main on contacts.contact_point (tenant_id, contact_id, kind) where is_primary;
create unique index if not exists contact_point_once on contacts.contact_point (tenant_id, contact_id, kind, normal);

alter table contacts.contact_point drop constraint if exists contact_point_kind;
alter table contacts.contact_point add constraint contact_point_kind check (kind in ('email', 'phone'));

-- Lower case without accents, as ContactText.Fold does it. lower() alone knows only ASCII in a cluster without a locale.
create or replace function contacts.fold(value text) returns text language sql immutable parallel safe as $$
    select replace(replace(replace(replace(translate(lower(normalize(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g'), NFC)),
        'ẞÆØŁĐÞŒÐŊĦŦΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐøđðłħŧŋı',
        'ßæoldþœdnhtαβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґoddlhtni'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;
grant execute on function contacts.fold(text) to plura_app;

-- What was written before these letters were taken apart.
update contacts.contact set sort_name = contacts.fold(sort_name), search_text = contacts.fold(search_text)
where search_text ~ '[ßæœþøđðłħŧŋı]' or sort_name ~ '[ßæœþøđðłħŧŋı]';

-- The condition that a search_text holds all words, as SQL: each word a quoted literal, its wildcards plain characters. For the searches below, of companies and of opportunities.
create or replace function contacts.all_words(words text[]) returns text language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select coalesce(string_agg(format(' and search_text like %L', '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'), ''), '') from unnest(words) word
$$;

-- LIKE is not leakproof, so row security would refuse the index: this function runs as its owner, repeats the tenant, and returns ids only.
-- "cap" bounds the work: a search that finds more is one that nobody reads to the end. A filter must find them all: null.
create or replace function contacts.search_contact(words text[], cap integer) returns table (contact_id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    tenant constant uuid := nullif(current_setting('plura.tenant_id', true), '')::uuid;
    assignees constant text := nullif(current_setting('plura.assignees', true), '');
    condition text := contacts.all_words(words);
begin
    if tenant is null or coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    -- The owner's rights pass the policies below, so what they say is repeated here: else the cap would count what nobody may see.
    if assignees is not null then
        condition := condition || format(' and exists (select from contacts.contact c where c.tenant_id = s.tenant_id and c.id = s.contact_id and c.assignee_id = any (string_to_array(%L, '','')::uuid[]))', assignees);
    end if;
    return query execute format('select s.contact_id from contacts.search_line s where s.tenant_id = %L%s limit %s', tenant, condition, coalesce(cap::text, 'all'));
end $$;
revoke all on function contacts.search_contact(text[], integer) from public;
grant execute on function contacts.search_contact(text[], integer) to plura_app;

-- Whether an address belongs to a contact that the session does not see. It says no more than that: one word for an account that allows no duplicates.
create or replace function contacts.address_is_taken(kinds text[], normals text[], except_contact uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from contacts.contact_point p
        join unnest(kinds, normals) a (kind, normal) on a.kind = p.kind and a.normal = p.normal
        where p.tenant_id = nullif(current_setting('plura.tenant_id', true), '')::uuid and p.contact_id is distinct from except_contact)
$$;
revoke all on function contacts.address_is_taken(text[], text[], uuid) from public;
grant execute on function contacts.address_is_taken(text[], text[], uuid) to plura_app;

-- "Only what is assigned to me": a narrowed session runs as plura_narrow and names assignees; it sees their contacts and what hangs on them,
-- whatever a query forgets to say. For everybody else these policies do not exist, so that they cost nothing (docs/benchmarks.md, G24).
drop policy if exists assigned on contacts.contact;
create policy assigned on contacts.contact as restrictive to plura_narrow using (
    coalesce(assignee_id = any (string_to_array((select current_setting('plura.assignees', true)), ',')::uuid[]), false));

do $$
declare hanging text;
begin
    foreach hanging in array array['contact_point', 'contact_tag', 'contact_change'] loop
        execute format('drop policy if exists assigned on contacts.%I', hanging);
        execute format('create policy assigned on contacts.%1$I as restrictive for select to plura_narrow using (
            exists (select from contacts.contact c where c.tenant_id = %1$I.tenant_id and c.id = %1$I.contact_id))', hanging);
    end loop;
end $$;

-- Lines are asked by contacts.search_contact alone.
drop policy if exists assigned on contacts.search_line;
create policy assigned on contacts.search_line as restrictive for select to plura_narrow using (false);

-- The bin keeps no assignee outside its snapshot: whoever sees only a part of the account sees nothing of it.
drop policy if exists assigned on contacts.bin;
create policy assigned on contacts.bin as restrictive for select to plura_narrow using (false);

-- How many contacts an account has, for those who stand outside it: the number, and nothing else.
create or replace function contacts.count_contacts(account uuid) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) from contacts.contact where tenant_id = count_contacts.account
$$;
revoke all on function contacts.count_contacts(uuid) from public;
grant execute on function contacts.count_contacts(uuid) to plura_app;

-- Whether the session sees a contact: for the policies of tables that hang on contacts in other modules, whose SQL names only its own tables.
create or replace function contacts.is_seen(contact uuid) returns boolean language sql stable as $$
    -- What the policy says is repeated: a function with its owner's rights asks this too.
    select exists (select from contacts.contact c where c.tenant_id = nullif(current_setting('plura.tenant_id', true), '')::uuid and c.id = is_seen.contact
        and (nullif(current_setting('plura.assignees', true), '') is null or c.assignee_id = any (string_to_array(current_setting('plura.assignees', true), ',')::uuid[])))
$$;
grant execute on function contacts.is_seen(uuid) to plura_app;
