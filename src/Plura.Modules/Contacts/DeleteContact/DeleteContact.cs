using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Moves contacts to the bin, from which they can come back. What was consented and suppressed stays known by key.</summary>
public sealed record DeleteContact
{
    public const int Most = 1000;

    public List<Guid> Ids { get; set; } = [];
}

/// <summary>A contact as the bin keeps it.</summary>
public sealed record ContactSnapshot(
    Guid Id, string FirstName, string LastName, string Company, Dictionary<string, string> Fields, bool Minor, string Source, string? ExternalId,
    DateTimeOffset CreatedAt, List<PointSnapshot> Points, List<string> Tags, Guid? Assignee = null, PostalPlace? Place = null, string TimeZone = "", DateOnly? DateOfBirth = null, List<Guid>? Followers = null, Guid? CompanyId = null);

public sealed record PointSnapshot(Guid Id, string Kind, string Value, string Normal, Guid AddressKey, bool IsPrimary, int Position, string Label = "");

public sealed class DeleteContactHandler(PluraDb db, ReadContact contacts, LiveContacts live, Actor actor, TimeProvider clock)
{
    /// <summary>Answers how many were deleted; refused where there is none of them.</summary>
    public async Task<Result<int>> Handle(DeleteContact command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Ids.Count is 0 or > DeleteContact.Most)
            return Refusal.Invalid("contact.selection", $"Select between 1 and {DeleteContact.Most:N0} contacts.");
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var ids = command.Ids.Distinct().ToList();
        var rows = await db.Contacts.Where(c => ids.Contains(c.Id)).ToListAsync(ct);
        if (rows.Count == 0)
            return ReadContact.Missing;
        var points = (await db.ContactPoints.AsNoTracking().Where(p => ids.Contains(p.ContactId)).ToListAsync(ct)).ToLookup(p => p.ContactId);
        var views = (await contacts.Many(ids, ct)).ToDictionary(v => v.Id);
        var now = clock.GetUtcNow();
        foreach (var contact in rows)
        {
            var snapshot = new ContactSnapshot(
                contact.Id, contact.FirstName, contact.LastName, contact.Company, contact.Fields, contact.Minor, contact.Source, contact.ExternalId, contact.CreatedAt,
                [.. points[contact.Id].Select(p => new PointSnapshot(p.Id, p.Kind, p.Value, p.Normal, p.AddressKey, p.IsPrimary, p.Position, p.Label))],
                [.. views[contact.Id].Tags], contact.AssigneeId, contact.Place(), contact.TimeZone, contact.DateOfBirth, [.. views[contact.Id].Followers], contact.CompanyId);
            db.Bin.Add(BinnedContact.New(contact.Id, views[contact.Id].Name, JsonSerializer.Serialize(snapshot), actor.Name, now));
            db.ContactChanges.Add(ContactChange.New(contact.Id, ContactChange.Deleted, [], actor, now));
            db.Publish(new ContactDeleted(contact.Id));
        }

        db.Contacts.RemoveRange(rows);
        await db.SaveChangesAsync(ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return rows.Count;
    }
}

public static class DeleteContactEndpoint
{
    public static void MapDeleteContact(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/contacts/{id:guid}", async (Guid id, DeleteContactHandler handler, CancellationToken ct) =>
        {
            var deleted = await handler.Handle(new DeleteContact { Ids = [id] }, ct);
            return deleted.Answer(_ => Microsoft.AspNetCore.Http.Results.NoContent());
        }).RequirePermission("contacts.delete").WithName("DeleteContact");
}
