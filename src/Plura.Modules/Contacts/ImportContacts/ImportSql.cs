namespace Plura.Contacts;

/// <summary>
/// The set-based statements of an import, in the order in which they run. Parameters: <c>@t</c> the tenant, <c>@now</c> the import's moment.
/// Rows reach the tables by way of temporary ones, because COPY into a table under row security is refused.
/// </summary>
public static class ImportSql
{
    public const string Stage = """
        set local work_mem = '256MB';
        create temp table import_row (n int, id uuid, first_name text, last_name text, company text, external_id text, fields jsonb, sort_name text, search_text text,
            details jsonb, company_key text) on commit drop;
        create temp table import_unique (n int, field_id uuid, key text, normal text) on commit drop;
        create temp table import_point (n int, contact_id uuid, id uuid, kind text, value text, normal text, address_key uuid, position int) on commit drop;
        create temp table import_tag (n int, tag int) on commit drop;
        create temp table import_match (n int, contact_id uuid) on commit drop;
        create temp table import_blocked (n int, kind text) on commit drop;
        create temp table import_update (contact_id uuid, first_name text, last_name text, company text, external_id text, fields jsonb, sort_name text,
            search_text text, before jsonb, after jsonb, updated_before timestamptz, details jsonb, company_key text, minor boolean, changed_in xid8) on commit drop;
        create temp table import_tag_name (tag int, id uuid, name text, normal text, everyone boolean) on commit drop;
        create temp table consent_members (address_key uuid, contact_id uuid) on commit drop;
        """;

    public const string CopyRows = "copy import_row (n, id, first_name, last_name, company, external_id, fields, sort_name, search_text, details, company_key) from stdin (format binary)";
    public const string CopyUnique = "copy import_unique (n, field_id, key, normal) from stdin (format binary)";
    public const string CopyPoints = "copy import_point (n, contact_id, id, kind, value, normal, address_key, position) from stdin (format binary)";
    public const string CopyTags = "copy import_tag (n, tag) from stdin (format binary)";
    public const string CopyTagNames = "copy import_tag_name (tag, id, name, normal, everyone) from stdin (format binary)";
    public const string CopyBlocked = "copy import_blocked (n, kind) from stdin (format binary)";
    public const string CopyUpdates = """
        copy import_update (contact_id, first_name, last_name, company, external_id, fields, sort_name, search_text, before, after, updated_before, details, company_key, minor, changed_in) from stdin (format binary)
        """;

    /// <summary>The members of a channel: every address that came in, with the contact that has it.</summary>
    public const string Members = """
        truncate consent_members;
        insert into consent_members (address_key, contact_id)
        select p.address_key, coalesce(m.contact_id, p.contact_id)
        from import_point p left join import_match m on m.n = p.n
        where p.kind = @kind and not exists (select from import_blocked b where b.n = p.n and b.kind = p.kind);
        """;

    /// <summary>Per row the oldest contact that has one of its addresses; the account's first kind of address counts before the other.</summary>
    public const string Match = """
        create index on import_row (n); create index on import_point (n); create index on import_tag (n);
        analyze import_row; analyze import_point; analyze import_tag;
        insert into import_match (n, contact_id)
        select distinct on (p.n) p.n, cp.contact_id
        from import_point p
        join contacts.contact_point cp on cp.tenant_id = @t and cp.kind = p.kind and cp.normal = p.normal
        join contacts.contact c on c.tenant_id = @t and c.id = cp.contact_id
        where @both or p.kind = @first or not exists (select from import_point o where o.n = p.n and o.kind = @first)
        order by p.n, p.kind <> @first, c.created_at, c.id;
        create index on import_match (n);
        analyze import_match;
        """;

    /// <summary>Two rows of the file that are one person in the address book: the later one is a duplicate.</summary>
    public const string SameContact = """
        select n, earliest from (select n, min(n) over (partition by contact_id) as earliest from import_match) same where n <> earliest
        """;

    public const string Forget = """
        delete from import_row where n = any(@ns);
        delete from import_point where n = any(@ns);
        delete from import_tag where n = any(@ns);
        delete from import_match where n = any(@ns);
        """;

    /// <summary>What the file says beside what is known, in file order, a page at a time.</summary>
    public const string Merges = Beside + " where m.n > @after order by m.n limit @page";

    /// <summary>The same of some, whom nobody else changes from here on.</summary>
    public const string MergesAgain = Beside + " where m.contact_id = any(@only) order by m.n for no key update of c";

    private const string Beside = """
        select m.n, m.contact_id, r.first_name, r.last_name, r.company, r.external_id, r.fields::text,
               c.first_name, c.last_name, c.company, coalesce(c.external_id, ''), c.fields::text, c.sort_name, c.search_text, c.updated_at,
               (select array_agg(cp.kind || ':' || cp.normal order by cp.kind, not cp.is_primary, cp.position)
                from contacts.contact_point cp where cp.tenant_id = @t and cp.contact_id = m.contact_id),
               (select array_agg(p.kind || ':' || p.normal order by p.kind, p.position) from import_point p where p.n = m.n),
               exists (select from import_tag_name g where (g.everyone or exists (select from import_tag l where l.n = m.n and l.tag = g.tag))
                       and not exists (select from contacts.contact_tag t where t.tenant_id = @t and t.contact_id = m.contact_id and t.tag_id = g.id)),
               r.details::text,
               jsonb_build_object('date_of_birth', coalesce(c.date_of_birth::text, ''), 'time_zone', c.time_zone, 'street', c.street, 'postal_code', c.postal_code,
                   'city', c.city, 'region', c.region, 'country', c.country)::text,
               c.minor, c.changed_in
        from import_match m
        join import_row r on r.n = m.n
        join contacts.contact c on c.tenant_id = @t and c.id = m.contact_id
        """;

    public const string NewTags = """
        insert into contacts.tag (tenant_id, id, name, normal) select @t, id, name, normal from import_tag_name
        on conflict (tenant_id, normal) do nothing;
        update import_tag_name n set id = t.id from contacts.tag t where t.tenant_id = @t and t.normal = n.normal and t.id <> n.id;
        """;

    public const string NewContacts = """
        insert into contacts.contact (tenant_id, id, first_name, last_name, company, company_id, sort_name, search_text, fields, minor, source, external_id,
            date_of_birth, time_zone, street, postal_code, city, region, country, created_at, updated_at)
        select @t, r.id, r.first_name, r.last_name, coalesce(k.name, ''), k.id, r.sort_name, r.search_text, r.fields,
            coalesce((r.details ->> 'date_of_birth')::date > @of_age, false), @source, nullif(r.external_id, ''),
            (r.details ->> 'date_of_birth')::date, coalesce(r.details ->> 'time_zone', ''), coalesce(r.details ->> 'street', ''), coalesce(r.details ->> 'postal_code', ''),
            coalesce(r.details ->> 'city', ''), coalesce(r.details ->> 'region', ''), coalesce(r.details ->> 'country', ''), @now, @now
        from import_row r left join import_match m on m.n = r.n
        left join contacts.company k on r.company_key <> '' and k.tenant_id = @t and k.normal = r.company_key
        where m.n is null and r.n >= @from and r.n < @to order by r.n;
        """;

    public const string NewPoints = """
        insert into contacts.contact_point (tenant_id, id, contact_id, kind, value, normal, address_key, is_primary, position)
        select @t, p.id, p.contact_id, p.kind, p.value, p.normal, p.address_key, p.position = 0, p.position
        from import_point p left join import_match m on m.n = p.n
        where m.n is null and p.n >= @from and p.n < @to order by p.n;
        """;

    /// <summary>Further addresses of people who were there: behind those they have; the first of a kind becomes the main one.</summary>
    public const string MorePoints = """
        insert into contacts.contact_point (tenant_id, id, contact_id, kind, value, normal, address_key, is_primary, position)
        select @t, p.id, m.contact_id, p.kind, p.value, p.normal, p.address_key, has.most is null and p.position = 0, coalesce(has.most + 1, 0) + p.position
        from import_match m
        join import_point p on p.n = m.n
        left join lateral (select max(cp.position) as most from contacts.contact_point cp
                           where cp.tenant_id = @t and cp.contact_id = m.contact_id and cp.kind = p.kind) has on true
        on conflict (tenant_id, contact_id, kind, normal) do nothing;
        """;

    public const string Updates = """
        analyze import_update;
        update contacts.contact c
        set first_name = u.first_name, last_name = u.last_name, company = coalesce(k.name, ''), company_id = k.id, external_id = nullif(u.external_id, ''), fields = u.fields,
            minor = u.minor, date_of_birth = nullif(u.details ->> 'date_of_birth', '')::date, time_zone = u.details ->> 'time_zone', street = u.details ->> 'street',
            postal_code = u.details ->> 'postal_code', city = u.details ->> 'city', region = u.details ->> 'region', country = u.details ->> 'country',
            sort_name = u.sort_name, search_text = u.search_text, updated_at = @now
        from import_update u
        left join contacts.company k on u.company_key <> '' and k.tenant_id = @t and k.normal = u.company_key
        where c.tenant_id = @t and c.id = u.contact_id and c.changed_in = u.changed_in;
        """;

    /// <summary>Those that were not written: somebody else changed them after they had been compared.</summary>
    public const string Stale = """
        delete from import_update u using contacts.contact c
        where c.tenant_id = @t and c.id = u.contact_id and c.changed_in <> pg_current_xact_id()
        returning u.contact_id
        """;

    public const string TagsOfNew = """
        insert into contacts.contact_tag (tenant_id, contact_id, tag_id)
        select @t, r.id, g.id from import_row r
        join lateral (select t.id from import_tag_name t where t.everyone
                      union select t.id from import_tag l join import_tag_name t on t.tag = l.tag where l.n = r.n) g on true
        where not exists (select from import_match m where m.n = r.n);
        """;

    /// <summary>Tags of people who were there, and the note of what changed about them: undo reads it.</summary>
    public const string TagsAndChanges = """
        with added as (
            insert into contacts.contact_tag (tenant_id, contact_id, tag_id)
            select @t, m.contact_id, g.id from import_match m
            join lateral (select t.id from import_tag_name t where t.everyone
                          union select t.id from import_tag l join import_tag_name t on t.tag = l.tag where l.n = m.n) g on true
            on conflict do nothing
            returning contact_id, tag_id),
        tagged as (select contact_id, array_agg(tag_id) as tags from added group by contact_id)
        insert into contacts.import_change (tenant_id, import_id, contact_id, before, after, updated_before, tags_added)
        select @t, @import, m.contact_id, coalesce(u.before, '{}'), coalesce(u.after, '{}'), coalesce(u.updated_before, @now), coalesce(g.tags, '{}')
        from import_match m
        left join import_update u on u.contact_id = m.contact_id
        left join tagged g on g.contact_id = m.contact_id
        where u.contact_id is not null or g.contact_id is not null;
        """;
}
