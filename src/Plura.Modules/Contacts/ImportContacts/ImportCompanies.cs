using Npgsql;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>The companies that a file names: spelled as the account spells them, and made where they are new.</summary>
public static class ImportCompanies
{
    private const int Page = 10_000;

    /// <summary>"BAKERY" of the file is the "Bakery" that is there; among new ones the first spelling counts.</summary>
    public static Task Spell(ImportStage stage, CancellationToken ct) => stage.Execute("""
        update import_row r set company = f.company
        from (select distinct on (company_key) company_key, company from import_row where company_key <> '' order by company_key, n) f
        where r.company_key = f.company_key and r.company <> f.company;
        update import_row r set company = k.name
        from contacts.company k where r.company_key <> '' and k.tenant_id = @t and k.normal = r.company_key and r.company <> k.name;
        """, ct);

    /// <summary>How many are new, also where nothing is written.</summary>
    public static async Task<int> Count(ImportStage stage, CancellationToken ct)
    {
        await using var command = stage.Command($"select count(distinct x.company_key) {Named}");
        return (int)(long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Makes those that a written contact needs.</summary>
    public static async Task Make(ImportStage stage, IdBlock ids, Import import, CancellationToken ct)
    {
        for (var read = Page; read == Page;)
        {
            var (names, keys) = (new List<string>(), new List<string>());
            await using (var command = stage.Command(Missing, new NpgsqlParameter("page", Page)))
            await using (var rows = await command.ExecuteReaderAsync(ct))
            {
                while (await rows.ReadAsync(ct))
                {
                    keys.Add(rows.GetString(0));
                    names.Add(rows.GetString(1));
                }
            }

            read = names.Count;
            if (read == 0)
                break;
            var companies = names.ConvertAll(_ => ids.Next()).ToArray();
            await stage.Execute(
                Companies, ct, new NpgsqlParameter("ids", companies), new NpgsqlParameter("names", names.ToArray()), new NpgsqlParameter("keys", keys.ToArray()));
            await stage.Execute(
                Changes, ct, new NpgsqlParameter("ids", companies), new NpgsqlParameter("changes", companies.Select(_ => ids.Next()).ToArray()),
                new NpgsqlParameter("by", import.StartedBy), new NpgsqlParameter("by_id", NpgsqlTypes.NpgsqlDbType.Uuid) { Value = (object?)import.StartedById ?? DBNull.Value }, new NpgsqlParameter("file", "Import: " + import.FileName));
        }
    }

    private const string Named = """
        from (
            select r.company_key, r.company from import_row r where r.company_key <> '' and not exists (select from import_match m where m.n = r.n)
            union all
            select u.company_key, u.company from import_update u where u.company_key <> '') x
        where not exists (select from contacts.company k where k.tenant_id = @t and k.normal = x.company_key)
        """;

    private const string Missing = $"select x.company_key, min(x.company) {Named} group by x.company_key order by x.company_key limit @page";

    private const string Companies = """
        insert into contacts.company (tenant_id, id, name, normal, search_text, website, phone, street, postal_code, city, region, country, fields, created_at, updated_at)
        select @t, n.id, n.name, n.key, n.key, '', '', '', '', '', '', '', '{}', @now, @now from unnest(@ids, @names, @keys) n (id, name, key)
        on conflict (tenant_id, normal) do nothing
        """;

    private const string Changes = """
        insert into contacts.company_change (tenant_id, id, company_id, at, by, by_id, what, values)
        select @t, n.change, k.id, @now, @by, @by_id, 'created', jsonb_build_object('source', jsonb_build_array(@file::text))
        from unnest(@ids, @changes) n (company, change) join contacts.company k on k.tenant_id = @t and k.id = n.company
        """;
}

/// <summary>The values of a file that must be somebody's alone: who had one first keeps it, and the row comes in without.</summary>
public static class ImportUniques
{
    public static async Task Take(ImportStage stage, ImportPlan plan, RowEnds ends, bool overwrite, CancellationToken ct)
    {
        if (plan.UniqueFields.Count == 0)
            return;
        await stage.Execute(Claim, ct, new NpgsqlParameter("overwrite", overwrite));
        await stage.Execute(LetGo, ct);
        var labels = plan.UniqueFields.ToDictionary(f => f.Key, f => f.Label, StringComparer.Ordinal);
        await using var command = stage.Command(Drop, new NpgsqlParameter("overwrite", overwrite));
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            foreach (var key in await rows.GetFieldValueAsync<string[]>(1, ct))
                ends.Lacks(rows.GetInt32(0), $"another contact already has its “{labels[key]}”, and only one may, so it was left out.");
        }
    }

    private const string Wanted = """
        from import_unique u join import_row r on r.n = u.n left join import_match m on m.n = u.n
        left join contacts.contact c on c.tenant_id = @t and c.id = m.contact_id
        where (@overwrite or c.id is null or coalesce(c.fields ->> u.key, '') = '')
        """;

    private const string Claim = $"""
        insert into contacts.unique_value (tenant_id, field_id, normal, contact_id)
        select distinct on (u.field_id, u.normal) @t, u.field_id, u.normal, coalesce(m.contact_id, r.id)
        {Wanted}
        order by u.field_id, u.normal, u.n
        on conflict (tenant_id, field_id, normal) do nothing
        """;

    /// <summary>What a contact had before it got another value.</summary>
    private const string LetGo = """
        delete from contacts.unique_value v using import_unique u, import_match m
        where m.n = u.n and v.tenant_id = @t and v.field_id = u.field_id and v.contact_id = m.contact_id and v.normal <> u.normal
          and exists (select from contacts.unique_value w where w.tenant_id = @t and w.field_id = u.field_id and w.normal = u.normal and w.contact_id = m.contact_id)
        """;

    private const string Drop = $"""
        update import_row o set fields = o.fields - x.keys
        from (select u.n, array_agg(distinct u.key) as keys
              {Wanted}
                and not exists (select from contacts.unique_value v where v.tenant_id = @t and v.field_id = u.field_id and v.normal = u.normal
                                and v.contact_id = coalesce(m.contact_id, r.id))
              group by u.n) x
        where o.n = x.n returning o.n, x.keys
        """;
}
