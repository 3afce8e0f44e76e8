using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Contacts;

namespace Plura.Bench;

/// <summary>A tag on 100,000 contacts as people put it there (chosen, in batches, with each contact's story and what undo needs) against one bare INSERT of the same tags.</summary>
public sealed class BulkTagging : IArea
{
    public string Name => "bulk";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var count = context.Size(100_000);
        var tenant = await People.Fill(context, count);
        await using var app = await context.OpenApp(tenant);
        var number = 0;
        var measured = await context.Compare(
            async _ => count / await BenchContext.Seconds(() => Product(context, tenant, ++number, ct)),
            async _ => count / await BenchContext.Seconds(() => Bare(app, tenant, ++number, ct)));
        return
        [
            new Line("bulk tag", "a tag on 100,000 contacts with story, progress and undo / one bare insert", measured.Ratios, 0.3, AtMost: false,
                string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(measured.Product, 0.5):0} contacts/s against {Statistics.Quantile(measured.Reference, 0.5):0}")),
        ];
    }

    private static Task Product(BenchContext context, Guid tenant, int number, CancellationToken ct) => context.In(tenant, async services =>
    {
        var started = await services.GetRequiredService<StartBulkActionHandler>().Handle(new StartBulkAction { Do = "tag", Tag = $"Bench {number}", Filter = ContactFilter.Everyone }, ct);
        await services.GetRequiredService<BulkRun>().Run(started.Value.Id, tell: false, ct);
        return started.Value.Id;
    });

    private static async Task Bare(NpgsqlConnection app, Guid tenant, int number, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            with tag as (insert into contacts.tag (tenant_id, id, name, normal) values ($1, gen_random_uuid(), $2, lower($2)) returning id)
            insert into contacts.contact_tag (tenant_id, contact_id, tag_id) select c.tenant_id, c.id, tag.id from contacts.contact c, tag where c.tenant_id = $1
            """, app)
        { CommandTimeout = 600 };
        command.Parameters.Add(new NpgsqlParameter { Value = tenant });
        command.Parameters.Add(new NpgsqlParameter { Value = $"Bare {number}" });
        await command.ExecuteNonQueryAsync(ct);
    }
}
