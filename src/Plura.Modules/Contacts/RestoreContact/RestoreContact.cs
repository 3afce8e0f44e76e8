using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Brings a deleted contact back under its own id, with its addresses and tags.</summary>
public sealed record RestoreContact
{
    public Guid Id { get; set; }
}

public sealed class RestoreContactHandler(PluraDb db, Duplicates duplicates, TagBook tagBook, FieldBook fieldBook, UniqueValues uniqueValues, CompanyBook companies, Assignees assignees, LiveContacts live, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(RestoreContact command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.Bin.FromSql($"select * from contacts.bin where tenant_id = {db.Tenant.Id} and id = {command.Id} for update").SingleOrDefaultAsync(ct) is not { } binned)
            return Refusal.NotFound("contact.not_in_bin", "This contact is not in the bin any more.");

        var old = JsonSerializer.Deserialize<ContactSnapshot>(binned.Snapshot)!;
        var addresses = old.Points.ConvertAll(p => new ReadAddress(p.Kind, p.Value, p.Normal, p.AddressKey));
        await duplicates.Hold(addresses, ct);
        var settings = await duplicates.Settings(ct);
        if (!settings.AllowDuplicates && await duplicates.Find(addresses, old.Id, settings, ct) is { } other)
            return Refusal.Conflict("contact.address_taken", "Another contact has this address now. Change or delete that one first.", other);

        var now = clock.GetUtcNow();
        var contact = Contact.Return(old.Id, old.Source, old.ExternalId, old.Minor, old.CreatedAt, now);
        contact.Rename(old.FirstName, old.LastName);
        await Work(contact, old, ct);
        // Fields that were deleted meanwhile are gone for this contact too.
        var known = (await fieldBook.Every(CustomField.OnContacts, ct)).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        contact.Fill(old.Fields.Where(f => known.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));
        contact.Live(old.Place ?? PostalPlace.Unknown, old.TimeZone);
        contact.BornOn(old.DateOfBirth);
        contact.Assign(await assignees.Still(old.Assignee is { } whose ? [whose] : [], ct) is [var still] ? still : null);
        if (await uniqueValues.Take(CustomField.OnContacts, contact.Id, contact.Fields, ct) is { } taken)
            return taken;
        contact.Changed(ContactInput.Normals(addresses, ContactPoint.Email), ContactInput.Normals(addresses, ContactPoint.Phone), now);
        await Quietly.Change(db, ct);
        db.Contacts.Add(contact);
        foreach (var point in old.Points)
            db.ContactPoints.Add(ContactPoint.Return(point.Id, old.Id, point.Kind, point.Value, point.Normal, point.AddressKey, point.IsPrimary, point.Position).Call(point.Label));
        foreach (var tag in await tagBook.FindOrMake(old.Tags, ct))
            db.ContactTags.Add(ContactTag.New(old.Id, tag.Id));
        foreach (var follower in await assignees.Still(old.Followers ?? [], ct))
            db.ContactFollowers.Add(ContactFollower.New(old.Id, follower, now));
        db.Bin.Remove(binned);
        db.ContactChanges.Add(ContactChange.New(old.Id, ContactChange.Restored, [], actor, now));
        db.Publish(new ContactRestored(old.Id));
        await db.SaveChangesAsync(ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }

    /// <summary>The company is the same one, whatever it is called by now; from the bin it brings this contact back too.</summary>
    private async Task Work(Contact contact, ContactSnapshot old, CancellationToken ct)
    {
        if (old.CompanyId is { } whose && await RestoreCompanyHandler.Held(db, whose, ct) is { } gone)
        {
            var company = JsonSerializer.Deserialize<CompanySnapshot>(gone.Snapshot)!;
            var alone = old is { FirstName: "", LastName: "", Points.Count: 0 };
            gone.Keep(JsonSerializer.Serialize(company with { People = [.. company.People, contact.Id], Alone = alone ? [.. company.Alone, contact.Id] : company.Alone }));
            if (alone)
                contact.Rename(gone.Name, "");
            return;
        }

        var there = old.CompanyId is { } id && await db.Companies.AnyAsync(c => c.Id == id, ct);
        var found = await companies.Of(there ? old.CompanyId : null, old.Company, ct);
        contact.WorkFor(found.Value?.Id, found.Value?.Name ?? "");
    }
}

public static class RestoreContactEndpoint
{
    public static void MapRestoreContact(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/contacts/{id:guid}/restore", async (Guid id, RestoreContactHandler handler, ReadContact contacts, CancellationToken ct) =>
            await (await handler.Handle(new RestoreContact { Id = id }, ct)).AnswerWith(() => contacts.One(id, ct))).RequirePermission("contacts.restore").WithName("RestoreContact");
}
