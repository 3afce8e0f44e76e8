using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Somebody of the agency, or of the operator, comes into an account by its grant. It is written into both logs before they see anything.</summary>
public sealed record EnterAsSupport
{
    public Guid GrantId { get; set; }
}

public sealed class EnterAsSupportHandler(PluraDb db, SupportDesk desk, CurrentAgency agency, Actor actor, BothLogs logs, TimeProvider clock)
{
    /// <summary>Answers the account's slug.</summary>
    public async Task<Result<string>> Handle(EnterAsSupport command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var open = agency.Current is null ? await desk.OfOperator(ct) : await desk.OfAgency(ct);
        if (open.FirstOrDefault(g => g.Id == command.GrantId) is not { } grant)
            return Refusal.NotFound("support.not_open", "This account does not let you in any more.");
        logs.Note("support.enter", grant.AccountId, new Dictionary<string, string>(StringComparer.Ordinal) { ["grant"] = grant.Id.ToString(), ["may"] = grant.May });
        db.SupportVisits.Add(SupportVisit.Of(grant.Id, actor.Id!.Value, SupportVisit.Enter, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return grant.Slug;
    }
}

/// <summary>They leave before the grant ends; coming in again is a new entry.</summary>
public sealed record LeaveSupport
{
    public Guid GrantId { get; set; }
}

public sealed class LeaveSupportHandler(PluraDb db, SupportDesk desk, CurrentAgency agency, Actor actor, BothLogs logs, TimeProvider clock)
{
    public async Task<Result> Handle(LeaveSupport command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var open = agency.Current is null ? await desk.OfOperator(ct) : await desk.OfAgency(ct);
        // Ended meanwhile: they are outside already.
        if (open.FirstOrDefault(g => g.Id == command.GrantId) is not { } grant)
            return Result.Done;
        logs.Note("support.leave", grant.AccountId, new Dictionary<string, string>(StringComparer.Ordinal) { ["grant"] = grant.Id.ToString() });
        db.SupportVisits.Add(SupportVisit.Of(grant.Id, actor.Id!.Value, SupportVisit.Leave, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
