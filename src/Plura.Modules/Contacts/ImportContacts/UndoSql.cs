namespace Plura.Contacts;

/// <summary>
/// Takes an import back. <c>@stamp</c> is the import's moment: a contact that still bears it was touched by nobody since, and gets back
/// exactly what it had; of one that was, only the values that are still the import's.
/// </summary>
public static class UndoSql
{
    public const string Points = """
        delete from contacts.contact_point p using contacts.import_change h
        where h.tenant_id = @t and h.import_id = @import and p.tenant_id = @t and p.contact_id = h.contact_id and p.id between @first and @last;
        """;

    public const string Tags = """
        delete from contacts.contact_tag g using (
            select contact_id, unnest(tags_added) as tag_id from contacts.import_change where tenant_id = @t and import_id = @import) h
        where g.tenant_id = @t and g.contact_id = h.contact_id and g.tag_id = h.tag_id;
        """;

    public const string Values = """
        update contacts.contact c set
            first_name = case when h.after ->> 'first_name' = c.first_name then h.before ->> 'first_name' else c.first_name end,
            last_name = case when h.after ->> 'last_name' = c.last_name then h.before ->> 'last_name' else c.last_name end,
            company = case when h.after ->> 'company' = c.company then h.before ->> 'company' else c.company end,
            street = case when h.after ->> 'street' = c.street then h.before ->> 'street' else c.street end,
            postal_code = case when h.after ->> 'postal_code' = c.postal_code then h.before ->> 'postal_code' else c.postal_code end,
            city = case when h.after ->> 'city' = c.city then h.before ->> 'city' else c.city end,
            region = case when h.after ->> 'region' = c.region then h.before ->> 'region' else c.region end,
            country = case when h.after ->> 'country' = c.country then h.before ->> 'country' else c.country end,
            time_zone = case when h.after ->> 'time_zone' = c.time_zone then h.before ->> 'time_zone' else c.time_zone end,
            date_of_birth = case when h.after ->> 'date_of_birth' = c.date_of_birth::text then nullif(h.before ->> 'date_of_birth', '')::date else c.date_of_birth end,
            minor = c.minor and coalesce(h.after ->> 'minor', '') <> 'true',
            external_id = case when h.after ->> 'external_id' = coalesce(c.external_id, '') then nullif(h.before ->> 'external_id', '') else c.external_id end,
            sort_name = case when h.after ->> 'sort_name' = c.sort_name then h.before ->> 'sort_name' else c.sort_name end,
            search_text = case when h.after ->> 'search_text' = c.search_text then h.before ->> 'search_text' else c.search_text end,
            fields = (c.fields - f.gone) || f.back,
            updated_at = case when c.updated_at = @stamp then h.updated_before else @now end
        from contacts.import_change h
        join contacts.contact k on k.tenant_id = @t and k.id = h.contact_id
        cross join lateral (
            select coalesce(array_agg(v.key) filter (where v.old is null), '{}') as gone,
                   coalesce(jsonb_object_agg(v.key, v.old) filter (where v.old is not null), '{}') as back
            from (select substr(a.key, 8) as key, h.before ->> a.key as old from jsonb_each_text(h.after) a
                  where a.key like 'fields.%' and k.fields ->> substr(a.key, 8) = a.value) v) f
        where h.tenant_id = @t and h.import_id = @import and h.after <> '{}' and c.tenant_id = @t and c.id = h.contact_id;
        """;

    /// <summary>The company of a name that came back; one that is gone meanwhile stays away.</summary>
    public const string Companies = """
        update contacts.contact c set company_id = k.id, company = coalesce(k.name, '')
        from contacts.import_change h
        join contacts.contact o on o.tenant_id = @t and o.id = h.contact_id
        left join contacts.company k on k.tenant_id = @t and o.company <> '' and k.normal = contacts.fold(o.company)
        where h.tenant_id = @t and h.import_id = @import and h.after ? 'company' and c.tenant_id = @t and c.id = h.contact_id and c.company_id is distinct from k.id;
        """;

    /// <summary>Values that must be somebody's alone are taken anew; one that is somebody else's by now does not come back.</summary>
    public const string Uniques = """
        delete from contacts.unique_value v using contacts.import_change h
        where h.tenant_id = @t and h.import_id = @import and v.tenant_id = @t and v.contact_id = h.contact_id;
        insert into contacts.unique_value (tenant_id, field_id, normal, contact_id)
        select @t, f.id, contacts.fold(c.fields ->> f.key), c.id
        from contacts.custom_field f
        join contacts.import_change h on h.tenant_id = @t and h.import_id = @import
        join contacts.contact c on c.tenant_id = @t and c.id = h.contact_id
        where f.tenant_id = @t and f.entity = 'contact' and f.is_unique and c.fields ->> f.key <> ''
        on conflict (tenant_id, field_id, normal) do nothing;
        update contacts.contact c set fields = c.fields - f.key
        from contacts.custom_field f, contacts.import_change h
        where f.tenant_id = @t and f.entity = 'contact' and f.is_unique and h.tenant_id = @t and h.import_id = @import and c.tenant_id = @t and c.id = h.contact_id
          and c.fields ->> f.key <> ''
          and not exists (select from contacts.unique_value v where v.tenant_id = @t and v.field_id = f.id and v.normal = contacts.fold(c.fields ->> f.key) and v.contact_id = c.id);
        """;

    /// <summary>Contacts whose stored texts were written by somebody else since, and must be made anew.</summary>
    public const string Stale = """
        select h.contact_id from contacts.import_change h join contacts.contact c on c.tenant_id = @t and c.id = h.contact_id
        where h.tenant_id = @t and h.import_id = @import and c.updated_at = @now
        """;

    /// <summary>Of the contacts that were there before, those that nobody changed after the import; whoever is gone is not counted.</summary>
    public const string Untouched = """
        select count(*) from contacts.import_change h join contacts.contact c on c.tenant_id = @t and c.id = h.contact_id
        where h.tenant_id = @t and h.import_id = @import and c.updated_at <= @stamp
        """;

    public const string Touched = """
        select count(*) from contacts.import_change h join contacts.contact c on c.tenant_id = @t and c.id = h.contact_id
        where h.tenant_id = @t and h.import_id = @import and c.updated_at > @stamp
        """;

    public const string Ties = "create temporary table contact_tie (contact_id uuid) on commit drop";

    /// <summary>Those whom nobody touched and nothing ties; their addresses and tags go with them. Whoever wrote a note on them, set a task or attached a file worked with them, also where that was deleted: it can come back.</summary>
    public const string Contacts = """
        delete from contacts.contact c
        where c.tenant_id = @t and c.id between @first and @last and c.updated_at = @stamp
          and not exists (select from contacts.contact_change h where h.tenant_id = @t and h.contact_id = c.id)
          and not exists (select from contacts.note n where n.tenant_id = @t and n.contact_id = c.id)
          and not exists (select from contacts.task w where w.tenant_id = @t and w.contact_id = c.id)
          and not exists (select from contacts.attachment f where f.tenant_id = @t and f.contact_id = c.id)
          and not exists (select from contact_tie x where x.contact_id = c.id);
        """;

    public const string Kept = "select count(*) from contacts.contact where tenant_id = @t and id between @first and @last";

    /// <summary>Tags, companies and fields that the import made and nobody uses.</summary>
    public const string Leftovers = """
        delete from contacts.tag g where g.tenant_id = @t and g.id between @first and @last
          and not exists (select from contacts.contact_tag x where x.tenant_id = @t and x.tag_id = g.id);
        delete from contacts.company_change h where h.tenant_id = @t and h.company_id between @first and @last
          and not exists (select from contacts.company_change o where o.tenant_id = @t and o.company_id = h.company_id and o.what <> 'created')
          and not exists (select from contacts.contact c where c.tenant_id = @t and c.company_id = h.company_id);
        delete from contacts.company k where k.tenant_id = @t and k.id between @first and @last
          and not exists (select from contacts.company_change o where o.tenant_id = @t and o.company_id = k.id)
          and not exists (select from contacts.contact c where c.tenant_id = @t and c.company_id = k.id);
        delete from contacts.custom_field f where f.tenant_id = @t and f.id between @first and @last
          and not exists (select from contacts.contact c where c.tenant_id = @t and c.fields ? f.key);
        delete from contacts.import_change where tenant_id = @t and import_id = @import;
        """;
}
