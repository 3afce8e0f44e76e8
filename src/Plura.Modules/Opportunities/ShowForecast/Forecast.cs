using Microsoft.EntityFrameworkCore;
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
        var cards = db.LiveOpportunities.AsNoTracking().Where(o => o.PipelineId == pipeline.Id && o.CreatedAt >= since);
        var (steps, stages) = (db.OpportunitySteps, db.Stages);
        var reached = await cards.Select(o => new
        {
            Won = o.Status == Statuses.Won,
            Furthest = steps.Where(h => h.OpportunityId == o.Id && h.What != OpportunityStep.Undone).Join(stages.Where(s => s.PipelineId == pipeline.Id), h => h.ToStageId, s => s.Id, (h, s) => (int?)s.Position).Max(),
        }).GroupBy(r => r).Select(g => new { g.Key.Won, g.Key.Furthest, Count = g.Count() }).ToListAsync(ct);
        return
        [
            .. pipeline.Stages.Select((stage, position) => new StageReach(stage.Name, reached.Where(r => r.Won || r.Furthest >= position).Sum(r => r.Count))),
            new StageReach("Won", reached.Where(r => r.Won).Sum(r => r.Count)),
        ];
    }
}
