using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Contacts;

namespace Plura.Bench;

/// <summary>A search for duplicates as the product does it (three marks, pairs, groups, kept as rows) against a bare self-join for the same e-mails and phones.</summary>
public sealed class LookForDuplicates : IArea
{
    // One in fifty has the address of the one before, one in forty the phone; a hundred work in each company.
    private static readonly IReadOnlyList<string> Alike =
    [
        "create temporary table numbered (id uuid primary key, n bigint)",
        "insert into numbered select id, row_number() over (order by id) from contacts.contact where tenant_id = $1",
        "update contacts.contact_point p set value = 'twin' || r.n / 50 || '@example.com', normal = 'twin' || r.n / 50 || '@example.com' from numbered r where p.tenant_id = $1 and p.contact_id = r.id and r.n % 50 < 2",
        """
        insert into contacts.contact_point (tenant_id, id, contact_id, kind, value, normal, address_key, is_primary, position)
        select $1, gen_random_uuid(), r.id, 'phone', v.phone, v.phone, gen_random_uuid(), true, 0
        from numbered r, lateral (select '+1207' || lpad((r.n - case when r.n % 40 = 1 then 1 else 0 end)::text, 8, '0') as phone) v
        """,
        """
        insert into contacts.company (tenant_id, id, name, normal, search_text, website, phone, street, postal_code, city, region, country, fields, created_at, updated_at)
        select $1, gen_random_uuid(), 'company ' || n, 'company ' || n, 'company ' || n, '', '', '', '', '', '', '', '{}', now(), now() from generate_series(0, (select count(*) / 100 from numbered)) n
        """,
        "update contacts.contact c set company = k.name, company_id = k.id from numbered r join contacts.company k on k.tenant_id = $1 and k.normal = 'company ' || r.n / 100 where c.tenant_id = $1 and c.id = r.id",
    ];

    public string Name => "duplicates";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var count = context.Size(100_000);
        var tenant = await People.Fill(context, count);
        await using (var owner = await context.OpenOwner())
        {
            foreach (var sql in Alike)
                await Do(owner, sql, sql.Contains("$1", StringComparison.Ordinal) ? tenant : null, ct);
            foreach (var table in (string[])["contact", "contact_point", "company"])
                await Do(owner, $"vacuum analyze contacts.{table}", tenant: null, ct);
        }

        await using var app = await context.OpenApp(tenant);
        var pairs = 0L;
        var measured = await context.Compare(
            _ => BenchContext.Seconds(() => Product(context, tenant, ct)),
            _ => BenchContext.Seconds(async () => pairs = await Bare(app, tenant, ct)));
        return
        [
            new Line("duplicates", $"a search for duplicates over {count} contacts / a bare self-join for the same e-mails and phones", measured.Ratios, 6, AtMost: true,
                string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(measured.Product, 0.5) * 1000:0} ms against {Statistics.Quantile(measured.Reference, 0.5) * 1000:0} ms; {pairs} pairs share an address")),
        ];
    }

    private static Task Product(BenchContext context, Guid tenant, CancellationToken ct) => context.In(tenant, async services =>
    {
        await services.GetRequiredService<FindDuplicatesJobHandler>().Run(new FindDuplicatesJob(), ct);
        return true;
    });

    private static async Task<long> Bare(NpgsqlConnection app, Guid tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select count(*) from (
                select a.contact_id, b.contact_id
                from contacts.contact_point a
                join contacts.contact_point b on b.tenant_id = a.tenant_id and b.kind = a.kind and b.normal = a.normal and b.contact_id > a.contact_id
                where a.tenant_id = $1
                group by a.contact_id, b.contact_id) pairs
            """, app)
        { CommandTimeout = 600 };
        command.Parameters.Add(new NpgsqlParameter { Value = tenant });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task Do(NpgsqlConnection owner, string sql, Guid? tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 600 };
        if (tenant is { } id)
            command.Parameters.Add(new NpgsqlParameter { Value = id });
        await command.ExecuteNonQueryAsync(ct);
    }
}
