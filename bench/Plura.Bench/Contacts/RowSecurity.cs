using System.Globalization;
using Npgsql;

namespace Plura.Bench;

/// <summary>What row security costs: the same statements as the app's role and as the owner, which passes it (G24).</summary>
public sealed class RowSecurity : IArea
{
    private const string Point = "select first_name, last_name from contacts.contact where tenant_id = $1 and id = $2";
    private const string Page = "select id, first_name, last_name from contacts.contact where tenant_id = $1 and (created_at, id) < ($3, $2) order by created_at desc, id desc limit 50";
    private const string Aggregate = "select count(*), max(created_at) from contacts.contact where tenant_id = $1 and source = 'bench' and $2::uuid is not null";
    private const string SearchByFunction = "select c.id, c.first_name from contacts.contact c where c.tenant_id = $1 and $2::uuid is not null and $3::timestamptz is not null and c.id = any (array(select contact_id from contacts.search_contact(array[$4], 51)))";
    private const string SearchDirectly = "select c.id, c.first_name from contacts.contact c where c.tenant_id = $1 and $2::uuid is not null and $3::timestamptz is not null and c.search_text like '%' || $4 || '%' limit 51";

    private const int Turns = 20;

    public string Name => "rls";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        await People.Fill(context, context.Size(100_000));
        var tenant = await People.Fill(context, context.Size(100_000));
        var some = await People.Some(context, tenant, 400);
        await using var app = await context.OpenApp(tenant);
        await using var owner = await context.OpenOwner();
        await using (var role = new NpgsqlCommand("set role plura_owner", owner))
            await role.ExecuteNonQueryAsync(ct);

        return
        [
            await Line("point read", Point, Point, 10_000, 1.15),
            await Line("page of 50", Page, Page, 5_000, 1.15),
            await Line("aggregate", Aggregate, Aggregate, 100, 1.15),
            await Line("search", SearchByFunction, SearchDirectly, 1_000, 2),
        ];

        async Task<Line> Line(string what, string product, string reference, int times, double most)
        {
            var measured = await context.Compare(_ => Run(app, product, times / Turns), _ => Run(owner, reference, times / Turns), Turns);
            return new Line("G24", $"row security on / off: {what}", measured.Ratios, most, AtMost: true,
                string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(measured.Product, 0.5) / times * 1e6:0} µs against {Statistics.Quantile(measured.Reference, 0.5) / times * 1e6:0} µs"));
        }

        Task<double> Run(NpgsqlConnection connection, string sql, int times) => BenchContext.Seconds(async () =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            for (var at = 0; at < times; at++)
            {
                var (id, createdAt, name) = some[at % some.Count];
                command.Parameters.Clear();
                command.Parameters.Add(new NpgsqlParameter { Value = tenant });
                command.Parameters.Add(new NpgsqlParameter { Value = id });
                if (sql.Contains("$3", StringComparison.Ordinal) || sql.Contains("$4", StringComparison.Ordinal))
                    command.Parameters.Add(new NpgsqlParameter { Value = createdAt });
                if (sql.Contains("$4", StringComparison.Ordinal))
                    command.Parameters.Add(new NpgsqlParameter { Value = name.Split(' ')[0][..8] });
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct))
                    _ = reader.GetValue(0);
            }
        });
    }
}
