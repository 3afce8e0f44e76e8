using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Which part of a board is looked at.</summary>
/// <param name="Pipeline">Whose stages.</param>
/// <param name="Owner">Only this person's cards; null for everybody's.</param>
/// <param name="More">The stage of which more than the first cards are shown.</param>
/// <param name="Shown">How many of it.</param>
public sealed record BoardView(Guid Pipeline, Guid? Owner = null, Guid? More = null, int Shown = BoardView.First)
{
    /// <summary>Cards of each stage at first: a board of thousands costs what one of a hundred does.</summary>
    public const int First = 20;

    public const int Most = 200;

    public int Limit(Guid stage) => stage == More ? Math.Clamp(Shown, First, Most) : First;
}

/// <param name="Sums">What its cards are worth, by currency.</param>
public sealed record BoardStage(StageView Stage, int Count, IReadOnlyList<(string Currency, long Minor)> Sums, IReadOnlyList<OpportunityView> Cards);

/// <summary>Reads a board: the sums of all cards by one statement, the first cards of each stage by another.</summary>
public sealed class ReadBoard(PluraDb db, PipelineBook book, ReadOpportunity opportunities)
{
    public async Task<IReadOnlyList<BoardStage>?> Of(BoardView view, CancellationToken ct)
    {
        if ((await book.All(ct)).FirstOrDefault(p => p.Id == view.Pipeline) is not { } pipeline)
            return null;
        var open = db.LiveOpportunities.AsNoTracking().Where(o => o.Status == Statuses.Open && o.PipelineId == view.Pipeline);
        if (view.Owner is { } mine)
            open = open.Where(o => o.OwnerId == mine);
        var sums = (await open.GroupBy(o => new { o.StageId, o.Currency })
            .Select(g => new { g.Key.StageId, g.Key.Currency, Count = g.Count(), Minor = g.Sum(o => o.ValueMinor ?? 0) }).ToListAsync(ct)).ToLookup(s => s.StageId);
        var cards = (await opportunities.Many(await Cards(pipeline, view, ct), ct)).ToLookup(o => o.StageId);
        return [.. pipeline.Stages.Select(s => new BoardStage(s, sums[s.Id].Sum(x => x.Count), [.. sums[s.Id].Select(x => (x.Currency, x.Minor))], [.. cards[s.Id]]))];
    }

    private async Task<IReadOnlyList<Opportunity>> Cards(PipelineView pipeline, BoardView view, CancellationToken ct)
    {
        var stages = pipeline.Stages.Select(s => s.Id).ToArray();
        var limits = pipeline.Stages.Select(s => view.Limit(s.Id)).ToArray();
        var cards = await db.Opportunities.FromSql($"""
            select o.* from unnest({stages}, {limits}) s (id, most)
            cross join lateral (
                select * from opportunities.opportunity c
                where c.tenant_id = {db.Tenant.Id} and c.stage_id = s.id and c.status = 'open' and c.deleted_at is null and c.contact_gone_at is null
                  and ({view.Owner}::uuid is null or c.owner_id = {view.Owner})
                order by c.stage_since desc, c.id desc
                limit s.most) o
            """).AsNoTracking().ToListAsync(ct);
        return [.. cards.OrderByDescending(c => c.StageSince).ThenByDescending(c => c.Id)];
    }
}
