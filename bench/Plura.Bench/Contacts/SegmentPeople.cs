using Npgsql;

namespace Plura.Bench;

/// <summary>Many contacts with twenty fields of the account's own, written straight into the tables.</summary>
public static class SegmentPeople
{
    public const string Tag = "Two percent";

    private const string Fields = """
        insert into contacts.custom_field (tenant_id, id, key, label, kind, choices, position, is_required, is_unique)
        select $1, gen_random_uuid(), 'f' || f, 'Field ' || f, (array['choice','number','date','text'])[1 + f % 4], case f % 4 when 0 then E'Red\nBlue\nGreen\nBlack\nWhite' else '' end, f, false, false
        from generate_series(1, 20) f
        """;

    // Five colours, a thousand numbers, two thousand days, and texts of three words each.
    private const string Contacts = """
        insert into contacts.contact (tenant_id, id, first_name, last_name, company, sort_name, search_text, fields, minor, source, created_at, updated_at)
        select $1, gen_random_uuid(), first, last, '', lower(last || ' ' || first), lower(first || ' ' || last || ' ' || first || '.' || last || n || '@example.com'), fields, false, 'bench', at, at
        from generate_series(1, $2) n,
            lateral (select (array['Anna','Bruno','Clara','David','Elena','Felix','Greta','Hugo','Irina','Jonas','Karla','Linus'])[1 + (n::bigint * 7919) % 12] as first,
                (array['Albers','Brandt','Conrad','Dietrich','Engel','Fischer','Graf','Hartmann','Issel','Jansen','Keller','Lorenz','Maurer'])[1 + (n::bigint * 104729) % 13] || substr(md5(n::text), 1, 5) as last,
                timestamptz '2026-01-01' + n * interval '7 seconds' as at) x,
            lateral (select jsonb_object_agg('f' || f, case f % 4
                when 0 then (array['Red','Blue','Green','Black','White'])[1 + r % 5]
                when 1 then (r % 1000)::text
                when 2 then to_char(date '2019-01-01' + (r % 2000)::int, 'YYYY-MM-DD')
                else (array['one','two','three'])[1 + r % 3] || ' of ' || r % 50 end) as fields
                from (select f, (hashint8(n * 100::bigint + f)::bigint + 2147483648) as r from generate_series(1, 20) f) v) y
        """;

    public static async Task<Guid> Fill(BenchContext context, int count)
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var owner = await context.OpenOwner();
        await Do(owner, Fields, default, tenant);
        await Do(owner, Contacts, default, tenant, count);
        await Do(owner, "with tag as (insert into contacts.tag (tenant_id, id, name, normal) values ($1, gen_random_uuid(), $2, lower($2)) returning id) insert into contacts.contact_tag (tenant_id, contact_id, tag_id) select $1, c.id, tag.id from contacts.contact c, tag where c.tenant_id = $1 and hashtext(c.id::text) % 50 = 0", default, tenant, Tag);
        await Do(owner, "vacuum analyze contacts.contact", default);
        await Do(owner, "vacuum analyze contacts.search_line", default);
        await Do(owner, "vacuum analyze contacts.contact_tag", default);
        return tenant;
    }

    /// <summary>A connection on which PostgreSQL counts by reading the table, alone and without an index.</summary>
    public static async Task<NpgsqlConnection> Alone(BenchContext context)
    {
        var owner = await context.OpenOwner();
        foreach (var setting in (string[])["enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan"])
            await Do(owner, $"set {setting} = off", default);
        await Do(owner, "set max_parallel_workers_per_gather = 0", default);
        return owner;
    }

    /// <summary>Other contacts in each round get another number, in one statement, as an import would write them.</summary>
    public static async Task Change(NpgsqlConnection owner, Guid tenant, int count, int round, CancellationToken ct) =>
        await Do(owner, "update contacts.contact set fields = fields || jsonb_build_object('f1', ($3 * 10)::text), updated_at = now() where tenant_id = $1 and id in (select id from contacts.contact where tenant_id = $1 order by md5(id::text || $3) limit $2)", ct, tenant, count, round);

    /// <summary>
    /// What the contacts of all take with all their indexes; the same rows as COPY writes them in a CSV file; and only the values that a person reads
    /// in such a file, without the names of the fields, what is kept for sorting and searching, and the account's id.
    /// </summary>
    public static async Task<(long Stored, long Csv, long Values)> Bytes(NpgsqlConnection owner, Guid tenant, CancellationToken ct)
    {
        await using var size = new NpgsqlCommand("select (pg_total_relation_size('contacts.contact') + pg_total_relation_size('contacts.search_line')) * (select count(*) from contacts.contact where tenant_id = $1) / (select count(*) from contacts.contact)", owner) { CommandTimeout = 0, Parameters = { new() { Value = tenant } } };
        var stored = (long)(await size.ExecuteScalarAsync(ct))!;
        var fields = string.Join(", ", Enumerable.Range(1, 20).Select(f => $"fields ->> 'f{f}'"));
        return (stored, await Csv(owner, "*", tenant, ct), await Csv(owner, $"id, first_name, last_name, source, created_at, updated_at, {fields}", tenant, ct));
    }

    private static async Task<long> Csv(NpgsqlConnection owner, string columns, Guid tenant, CancellationToken ct)
    {
        var csv = 0L;
        using var reader = await owner.BeginTextExportAsync($"copy (select {columns} from contacts.contact where tenant_id = '{tenant}') to stdout (format csv)", ct);
        var buffer = new char[1 << 16];
        for (int read; (read = await reader.ReadAsync(buffer, ct)) > 0;)
            csv += read;
        return csv;
    }

    public static Task<double> Timed(NpgsqlConnection owner, string sql, CancellationToken ct, params object[] values) => BenchContext.Seconds(() => Do(owner, sql, ct, values));

    private static async Task Do(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
