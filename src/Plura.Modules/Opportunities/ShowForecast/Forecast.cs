using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>What a month may bring: the value of its open cards, and that value weighed by how likely their stages are won.</summary>
/// <param name="Month">Its first day; null for cards without an expected date.</param>
public sealed record ForecastMonth(DateOnly? Month, string Currency, int Count, long ValueMinor, long WeighedMinor);

/// <summary>How many cards came as far as a stage.</summary>
public sealed record StageReach(string Stage, int Count);

/// <summary>Looks ahead by the cards' expected dates, and back by their history.</summary>
public sealed class Forecast(PluraDb db)
{
    /// <summary>By month, earliest first, those without a date last.</summary>
    public async Task<IReadOnlyList<ForecastMonth>> Months(Guid? pipeline, CancellationToken ct)
    {
        var open = db.LiveOpportunities.AsNoTracking().Where(o => o.Status == Statuses.Open);
        if (pipeline is { } one)
            open = open.Where(o => o.PipelineId == one);
        var sums = await open.GroupBy(o => new { Year = (int?)o.CloseOn!.Value.Year, Month = (int?)o.CloseOn!.Value.Month, o.Currency, o.StageId })
            .Select(g => new { g.Key.Year, g.Key.Month, g.Key.Currency, g.Key.StageId, Count = g.Count(), Minor = g.Sum(o => o.ValueMinor ?? 0) }).ToListAsync(ct);
        var chances = await db.Stages.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Probability, ct);
        return [.. sums.GroupBy(s => (Month: s is { Year: { } year, Month: { } month } ? new DateOnly(year, month, 1) : (DateOnly?)null, s.Currency))
            .Select(g => new ForecastMonth(g.Key.Month, g.Key.Currency, g.Sum(s => s.Count), g.Sum(s => s.Minor), g.Sum(s => s.Minor * chances[s.StageId] / 100)))
            .OrderBy(m => m.Month ?? DateOnly.MaxValue).ThenBy(m => m.Currency, StringComparer.Ordinal)];
    }

    /// <summary>Of the cards added since a day: how many stood in each stage or further, and how many were won. Whoever was won passed all stages.</summary>
    public async Task<IReadOnlyList<StageReach>> Conversion(PipelineView pipeline, DateTimeOffset since, CancellationToken ct)
    {
        // By command: how far each card came is a question in a question, which the model's language groups badly.
        await db.Database.OpenConnectionAsync(ct);
        await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = """
            select won, furthest, count(*) from (
                select o.status = 'won' as won, greatest(
                    (select s.position from opportunities.stage s where s.tenant_id = o.tenant_id and s.id = o.stage_id),
                    (select max(s.position)
                     from (select to_stage_id, what, lead(what) over (order by number) as what_next from opportunities.opportunity_step
                           where tenant_id = o.tenant_id and opportunity_id = o.id) h
                     join opportunities.stage s on s.tenant_id = o.tenant_id and s.id = h.to_stage_id and s.pipeline_id = o.pipeline_id
                     -- A slip that was taken back went nowhere.
                     where h.what <> 'undone' and h.what_next is distinct from 'undone')) as furthest
                from opportunities.opportunity o
                where o.tenant_id = @tenant and o.pipeline_id = @pipeline and o.created_at >= @since and o.deleted_at is null and o.contact_gone_at is null) r
            group by won, furthest
            """;
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("pipeline", pipeline.Id);
        command.Parameters.AddWithValue("since", since);
        var reached = new List<(bool Won, int? Furthest, int Count)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                reached.Add((reader.GetBoolean(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetInt32(1), (int)reader.GetInt64(2)));
        }

        return
        [
            .. pipeline.Stages.Select((stage, position) => new StageReach(stage.Name, reached.Where(r => r.Won || r.Furthest >= position).Sum(r => r.Count))),
            new StageReach("Won", reached.Where(r => r.Won).Sum(r => r.Count)),
        ];
    }
}
