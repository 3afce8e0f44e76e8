using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Contacts;

namespace Plura.Bench;

/// <summary>Smart lists over many contacts with twenty fields of the account's own, counted as the product counts, against the bare scan of the same table (G14 to G16, G20, G21, G25).</summary>
public sealed class Segment : IArea
{
    private const int Fields = 20;

    /// <summary>Ten times one of two, over all twenty fields; about three of ten contacts are left.</summary>
    private static readonly ContactFilter Twenty = new AllOf([.. Enumerable.Range(1, Fields / 2).Select(n => new AnyOf([Ask(n), Ask(n + (Fields / 2))]))]);

    public string Name => "segment";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var size = context.Size(1_000_000);
        var small = await People.Fill(context, 2_000);
        var tenant = await SegmentPeople.Fill(context, size);
        await using var owner = await SegmentPeople.Alone(context);
        // Before anything is changed: what is written over leaves holes.
        var (stored, csv, values) = await SegmentPeople.Bytes(owner, tenant, ct);
        var store = context.Services.GetRequiredService<ColumnStore>();
        var lines = new List<Line>();

        var fits = await Count(context, tenant, Twenty, ct);
        if (fits != await BySql(context, tenant, Twenty, ct))
            throw new InvalidOperationException("Memory and PostgreSQL do not count the same.");
        var sql = await BenchContext.Seconds(() => BySql(context, tenant, Twenty, ct));
        var all = await context.Compare(_ => BenchContext.Seconds(() => Count(context, tenant, Twenty, ct)), _ => Scan(owner, tenant, ct));
        lines.Add(new Line("G14", $"a smart list of 20 conditions over own fields, {size} contacts / bare count(*) scan of the same table", all.Ratios, 6, AtMost: true,
            $"{Times(all)}; {Text(fits)} fit; PostgreSQL alone: {Text(sql * 1000)} ms; {Text(store.Bytes / 1048576.0)} MB held"));

        var tagged = new AllOf([new Condition("tag", "is", SegmentPeople.Tag), Twenty]);
        var selective = await context.Compare(_ => BenchContext.Seconds(() => Count(context, tenant, tagged, ct)), _ => Scan(owner, tenant, ct));
        lines.Add(new Line("G15", "the same 20 conditions and one selective indexed one (a tag that 2 % have) / the same scan", selective.Ratios, 0.6, AtMost: true,
            $"{Times(selective)}; PostgreSQL alone: {Text(await BenchContext.Seconds(() => BySql(context, tenant, tagged, ct)) * 1000)} ms"));

        var afterwards = new List<double>();
        var changed = await context.Compare(
            async round =>
            {
                await SegmentPeople.Change(owner, tenant, size / 100, round, ct);
                afterwards.Add(await BenchContext.Seconds(() => BySql(context, tenant, Twenty, ct)));
                return await BenchContext.Seconds(() => Count(context, tenant, Twenty, ct));
            },
            async _ =>
            {
                store.Drop(tenant);
                return await BenchContext.Seconds(() => Count(context, tenant, Twenty, ct));
            });
        lines.Add(new Line("G16", "the same count after 1 % of the contacts changed, bringing the columns up to date included / the same with columns read from nothing", changed.Ratios, 0.1, AtMost: true,
            $"{Times(changed)}; PostgreSQL alone: {Text(Statistics.Quantile(afterwards, 0.5) * 1000)} ms"));

        lines.AddRange(await ContactList.Pages(context, small, tenant, size, ct));
        lines.Add(await Search(context, owner, tenant, ct));
        lines.Add(new Line("G25", "bytes of a contact with 20 own fields and all indexes / the same row in a CSV file", [(double)stored / csv], 4, AtMost: true,
            $"{Text((double)stored / size)} against {Text((double)csv / size)}; against its values alone, {Text((double)values / size)}: {((double)stored / values).ToString("0.0", CultureInfo.InvariantCulture)}"));
        return lines;
    }

    private static Condition Ask(int field) => (field % 4) switch
    {
        0 => new Condition($"fields.f{field}", "is", ["Red", "Blue", "Green"]),
        1 => new Condition($"fields.f{field}", "less", "650"),
        2 => new Condition($"fields.f{field}", "after", "2021-05-01"),
        _ => new Condition($"fields.f{field}", "not_contains", "three"),
    };

    private static Task<int> Count(BenchContext context, Guid tenant, ContactFilter filter, CancellationToken ct) =>
        context.In(tenant, async services => (await services.GetRequiredService<Filters>().Count(filter, ct)).Value);

    /// <summary>As it is counted without memory: one statement.</summary>
    private static Task<int> BySql(BenchContext context, Guid tenant, ContactFilter filter, CancellationToken ct) => context.In(tenant, async services =>
    {
        var where = (await services.GetRequiredService<Filters>().Compile(filter, "filter", 0, ct)).Value;
        await using var app = await context.OpenApp(tenant);
        await using var command = new NpgsqlCommand($"select count(*) from contacts.contact c where c.tenant_id = @tenant and {where.Sql}", app) { CommandTimeout = 600 };
        command.Parameters.AddRange(where.Parameters.ToArray());
        command.Parameters.AddWithValue("tenant", tenant);
        return (int)(long)(await command.ExecuteScalarAsync(ct))!;
    });

    private static Task<double> Scan(NpgsqlConnection owner, Guid tenant, CancellationToken ct) => SegmentPeople.Timed(owner, "select count(*) from contacts.contact where tenant_id = $1", ct, tenant);

    /// <summary>The slowest of a hundred searches by three to eight letters of a name, as the list shows them, against one scan for such letters.</summary>
    private static async Task<Line> Search(BenchContext context, NpgsqlConnection owner, Guid tenant, CancellationToken ct)
    {
        var words = (await People.Some(context, tenant, 200)).Select((c, at) => c.SortName[..(3 + (at % 6))]).ToList();
        var measured = await context.Compare(
            async _ =>
            {
                var times = new List<double>();
                foreach (var word in words)
                {
                    times.Add(await BenchContext.Seconds(() => context.In(tenant, async services =>
                        (await services.GetRequiredService<ListContactsHandler>().Handle(new ListContacts { Text = word, Limit = 50 }, ct)).Value.Items.Count)));
                }

                return Statistics.Quantile(times, 0.99);
            },
            _ => SegmentPeople.Timed(owner, "select count(*) from contacts.contact where tenant_id = $1 and search_text like '%' || $2 || '%'", ct, tenant, words[0]));
        return new Line("G21", "contact search by 3 to 8 letters, first 50: p99 / a scan for the same letters", measured.Ratios, 0.05, AtMost: true, Times(measured));
    }

    private static string Times(Measured measured) => $"{Text(Statistics.Quantile(measured.Product, 0.5) * 1000)} ms against {Text(Statistics.Quantile(measured.Reference, 0.5) * 1000)} ms";

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
