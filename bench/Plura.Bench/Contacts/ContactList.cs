using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;

namespace Plura.Bench;

/// <summary>A random page of the contact list through its real handler: a large account against a small one in the same tables (G20).</summary>
public sealed class ContactList : IArea
{
    private const int SomePages = 600;

    public string Name => "list";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var size = context.Size(200_000);
        return await Pages(context, await People.Fill(context, 2_000), await People.Fill(context, size), size, ct);
    }

    /// <summary>Random pages of a large account against those of one with 2,000 contacts in the same tables.</summary>
    internal static async Task<IReadOnlyList<Line>> Pages(BenchContext context, Guid small, Guid large, int size, CancellationToken ct)
    {
        var lines = new List<Line>();
        foreach (var sort in (string[])["newest", "name"])
        {
            var measured = await context.Compare(_ => SlowestOfAHundred(context, large, sort, ct), _ => SlowestOfAHundred(context, small, sort, ct));
            lines.Add(new Line("G20", $"contact list by {sort}, random page: p99 at {size} contacts / p99 at 2000", measured.Ratios, 2, AtMost: true,
                string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(measured.Product, 0.5) * 1000:0.00} ms against {Statistics.Quantile(measured.Reference, 0.5) * 1000:0.00} ms")));
        }

        return lines;
    }

    /// <summary>The 99th percentile, in seconds.</summary>
    private static async Task<double> SlowestOfAHundred(BenchContext context, Guid tenant, string sort, CancellationToken ct)
    {
        var times = new List<double>();
        foreach (var (id, createdAt, sortName) in await People.Some(context, tenant, SomePages))
        {
            var cursor = ListCursor.Start(sort).Behind(id, sort == "name" ? sortName : createdAt);
            times.Add(await BenchContext.Seconds(() => context.In(tenant, async services =>
            {
                var page = await services.GetRequiredService<ListContactsHandler>().Handle(new ListContacts { Sort = sort, Cursor = cursor }, ct);
                return page.Value.Items.Count;
            })));
        }

        return Statistics.Quantile(times, 0.99);
    }
}
