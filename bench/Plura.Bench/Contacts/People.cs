using Npgsql;

namespace Plura.Bench;

/// <summary>Address books of a given size, written set by set straight into the tables: the areas measure reading.</summary>
public static class People
{
    private const string Contacts = """
        insert into contacts.contact (tenant_id, id, first_name, last_name, company, sort_name, search_text, fields, minor, source, created_at, updated_at)
        select $1, gen_random_uuid(), first, last, '', lower(last || ' ' || first), lower(first || ' ' || last || ' ' || first || '.' || last || n || '@example.com'), '{}', false, 'bench', at, at
        from generate_series(1, $2) n,
            lateral (select (array['Anna','Bruno','Clara','David','Elena','Felix','Greta','Hugo','Irina','Jonas','Karla','Linus'])[1 + (n::bigint * 7919) % 12] as first,
                (array['Albers','Brandt','Conrad','Dietrich','Engel','Fischer','Graf','Hartmann','Issel','Jansen','Keller','Lorenz','Maurer'])[1 + (n::bigint * 104729) % 13] || substr(md5(n::text), 1, 5) as last,
                timestamptz '2026-01-01' + n * interval '7 seconds' as at) x
        """;

    private const string Points = """
        insert into contacts.contact_point (tenant_id, id, contact_id, kind, value, normal, address_key, is_primary, position)
        select tenant_id, gen_random_uuid(), id, 'email', id || '@example.com', id || '@example.com', gen_random_uuid(), true, 0 from contacts.contact where tenant_id = $1
        """;

    /// <summary>A tenant with this many contacts, each with an e-mail address; statistics are fresh.</summary>
    public static async Task<Guid> Fill(BenchContext context, int count)
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var owner = await context.OpenOwner();
        await Do(owner, Contacts, tenant, count);
        await Do(owner, Points, tenant);
        await Do(owner, "vacuum analyze contacts.contact");
        await Do(owner, "vacuum analyze contacts.search_line");
        await Do(owner, "vacuum analyze contacts.contact_point");
        return tenant;
    }

    /// <summary>Contacts at random, with what lists sort by.</summary>
    public static async Task<IReadOnlyList<(Guid Id, DateTimeOffset CreatedAt, string SortName)>> Some(BenchContext context, Guid tenant, int count)
    {
        await using var owner = await context.OpenOwner();
        await using var command = new NpgsqlCommand("select id, created_at, sort_name from contacts.contact where tenant_id = $1 order by random() limit $2", owner);
        command.Parameters.Add(new NpgsqlParameter { Value = tenant });
        command.Parameters.Add(new NpgsqlParameter { Value = count });
        await using var reader = await command.ExecuteReaderAsync();
        var some = new List<(Guid, DateTimeOffset, string)>();
        while (await reader.ReadAsync())
            some.Add((reader.GetGuid(0), await reader.GetFieldValueAsync<DateTimeOffset>(1), reader.GetString(2)));
        return some;
    }

    private static async Task Do(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
