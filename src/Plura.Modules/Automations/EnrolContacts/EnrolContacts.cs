using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Puts contacts into an automation that is on, without waiting for what else begins it.</summary>
public sealed record EnrolContacts
{
    public const int Most = 1_000;

    public Guid Id { get; set; }

    /// <summary>At most 1,000. Who is not there, or may not come in again, stays as they are.</summary>
    public IReadOnlyList<Guid> ContactIds { get; set; } = [];

    internal static Refusal? Unfit(IReadOnlyList<Guid> contacts) =>
        contacts.Count is 0 or > Most ? Refusal.Invalid("automation.contacts", $"Name between 1 and {Most:N0} contacts.", nameof(ContactIds)) : null;
}

public sealed class EnrolContactsHandler(PluraDb db, IEnrolment enrolment, Actor actor, IAudit audit)
{
    /// <summary>Answers how many came in.</summary>
    public async Task<Result<Enrolled[]>> Handle(EnrolContacts command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (EnrolContacts.Unfit(command.ContactIds) is { } unfit)
            return unfit;
        var found = await db.FindAutomation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        if (found.Value is not { OnSince: not null, Published: not null })
            return EnrolmentRefusals.Off(nameof(command.Id));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var taken = await enrolment.TakeIn(command.Id, [.. command.ContactIds.Distinct()], Enrolment.By(actor), ct);
        audit.Note("automations.enrol_contacts", command.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return taken.ToArray();
    }
}

public static class EnrolContactsEndpoint
{
    public static void MapEnrolContacts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/automations/{id:guid}/contacts", async (Guid id, EnrolContacts command, EnrolContactsHandler handler, CancellationToken ct) =>
            (await handler.Handle(command with { Id = id }, ct)).Answer(taken => Results.Ok(new { taken = taken.Length })))
            .WithName("EnrolContacts").RequirePermission("automations.enrol");
}
