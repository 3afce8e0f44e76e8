using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>Opportunities in a contact's story.</summary>
public sealed class OpportunityTimeline(PluraDb db) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Opportunities;

    public string? Permission => "opportunities.read";

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var (before, beforeId) = (from.At, from.Id);
        var rows = await db.LiveOpportunities.AsNoTracking().Where(o => o.ContactId == contactId)
            .Join(db.OpportunitySteps.AsNoTracking().Where(s => EF.Functions.LessThan(ValueTuple.Create(s.At, s.Id), ValueTuple.Create(before, beforeId))), o => o.Id, s => s.OpportunityId, (o, s) => new { o.Name, Step = s })
            .OrderByDescending(r => r.Step.At).ThenByDescending(r => r.Step.Id).Take(limit).ToListAsync(ct);
        return [.. rows.Select(r => new TimelineEntry(r.Step.Id, r.Step.At, "opportunity", StepWords.Icon(r.Step), Title(r.Name, r.Step), StepWords.Line(r.Step) + ".", $"opportunities/{r.Step.OpportunityId}"))];
    }

    private static string Title(string name, OpportunityStep step) => step.What == OpportunityStep.Created ? $"“{name}” became an opportunity" : StepWords.Done(name, step).TrimEnd('.');
}
