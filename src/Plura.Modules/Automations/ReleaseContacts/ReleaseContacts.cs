using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Takes contacts out of an automation: nothing more happens to them in it.</summary>
public sealed record ReleaseContacts
{
    public Guid Id { get; set; }

    /// <summary>At most 1,000. Who is not in it stays as they are.</summary>
    public IReadOnlyList<Guid> ContactIds { get; set; } = [];
}

public sealed class ReleaseContactsHandler(PluraDb db, IEnrolment enrolment, IConditions conditions, IAudit audit)
{
    /// <summary>Answers how many were taken out.</summary>
    public async Task<Result<int>> Handle(ReleaseContacts command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((EnrolContacts.Unfit(command.ContactIds) ?? (await db.FindAutomation(command.Id, ct)).Refusal) is { } refused)
            return refused;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Those whom whoever asks may see.
        var there = (await conditions.Meet([], [.. command.ContactIds.Distinct()], ct)).Value;
        var taken = await enrolment.TakeOut(command.Id, there, ct);
        audit.Note("automations.release_contacts", command.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return taken.Count;
    }

    /// <summary>The same for one way through an automation; answers whose it is.</summary>
    public async Task<Result<Guid>> Run(Guid run, CancellationToken ct)
    {
        if (await db.Runs.AsNoTracking().Where(r => r.Id == run).Select(r => new { r.ContactId, r.AutomationId }).FirstOrDefaultAsync(ct) is not { } found)
            return ShowRun.Missing;
        if ((await conditions.Meet([], [found.ContactId], ct)).Value.Count == 0)
            return ShowRun.Missing;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if ((await enrolment.TakeOut([run], ct)).Count == 0)
            return Refusal.Conflict("automation.ended", "They are not in this automation any more.", run);
        audit.Note("automations.release_contacts", found.AutomationId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return found.ContactId;
    }
}

public static class ReleaseContactsEndpoint
{
    public static void MapReleaseContacts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/contacts/release", async (Guid id, ReleaseContacts command, ReleaseContactsHandler handler, CancellationToken ct) =>
            (await handler.Handle(command with { Id = id }, ct)).Answer(released => Results.Ok(new { released })))
            .WithName("ReleaseContacts").RequirePermission("automations.enrol");
}
