using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Opportunities;

namespace Plura.Bench;

/// <summary>A board read as the page reads it: one of 2,000 cards against one of 200.</summary>
public sealed class BoardOfCards : IArea
{
    private const int Reads = 60;

    public string Name => "board";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var (few, many) = (await Fill(context, 200, ct), await Fill(context, 2_000, ct));
        var measured = await context.Compare(_ => Read(context, many, ct), _ => Read(context, few, ct));
        return
        [
            new Line("board", "a board of 2,000 cards / one of 200", measured.Ratios, 3, AtMost: true,
                string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(measured.Product, 0.5) / Reads * 1000:0.00} ms against {Statistics.Quantile(measured.Reference, 0.5) / Reads * 1000:0.00} ms")),
        ];
    }

    private static Task<double> Read(BenchContext context, (Guid Tenant, Guid Pipeline) board, CancellationToken ct) => BenchContext.Seconds(async () =>
    {
        for (var at = 0; at < Reads; at++)
            await context.In(board.Tenant, services => services.GetRequiredService<ReadBoard>().Of(new BoardView(board.Pipeline), ct));
    });

    private static async Task<(Guid Tenant, Guid Pipeline)> Fill(BenchContext context, int cards, CancellationToken ct)
    {
        var tenant = await People.Fill(context, 2_000);
        var contacts = (await People.Some(context, tenant, 200)).Select(p => p.Id).ToArray();
        var pipeline = await context.In(tenant, async services => (await services.GetRequiredService<KeepPipelineHandler>().Handle(StagesOfABench, ct)).Value);
        await using var open = await context.OpenApp(tenant);
        await using var fill = new NpgsqlCommand(
            """
            insert into opportunities.opportunity (tenant_id, id, name, search_text, contact_id, pipeline_id, stage_id, value_minor, currency, source, status, stage_since, created_at, updated_at, version)
            select $1, gen_random_uuid(), 'Card ' || n, 'card ' || n, ($2::uuid[])[1 + n % 200], $3, (select s.id from opportunities.stage s where s.tenant_id = $1 and s.pipeline_id = $3 and s.position = n % 5),
                   100 * n, 'EUR', '', 'open', now() - make_interval(mins => n), now(), now(), 1
            from generate_series(1, $4) n
            """, open);
        fill.Parameters.Add(new NpgsqlParameter { Value = tenant });
        fill.Parameters.Add(new NpgsqlParameter { Value = contacts });
        fill.Parameters.Add(new NpgsqlParameter { Value = pipeline });
        fill.Parameters.Add(new NpgsqlParameter { Value = cards });
        await fill.ExecuteNonQueryAsync(ct);
        await using var owner = await context.OpenOwner();
        await using var analyze = new NpgsqlCommand("analyze opportunities.opportunity", owner);
        await analyze.ExecuteNonQueryAsync(ct);
        return (tenant, pipeline);
    }

    private static KeepPipeline StagesOfABench => new()
    {
        Name = "Bench",
        Stages = [.. Enumerable.Range(1, 5).Select(n => new StageWish { Name = "Stage " + n.ToString(CultureInfo.InvariantCulture), Probability = n * 10, RottingDays = 7 })],
    };
}
