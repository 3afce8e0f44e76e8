using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes tags off one or many contacts; the tags themselves stay.</summary>
public sealed record UntagContact
{
    public List<Guid> Ids { get; set; } = [];

    public List<string> Tags { get; set; } = [];
}

public sealed class UntagContactHandler(PluraDb db, TagBook tagBook, LiveContacts live, Actor actor, TimeProvider clock)
{
    /// <summary>Answers how many contacts lost a tag.</summary>
    public async Task<Result<int>> Handle(UntagContact command, CancellationToken ct)
    {
        if ((command.Invalid() ?? TagBook.Check(command.Tags)) is { } invalid)
            return invalid;
        if (command.Ids.Count is 0 or > DeleteContact.Most)
            return Refusal.Invalid("contact.selection", $"Select between 1 and {DeleteContact.Most:N0} contacts.");

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var ids = command.Ids.Distinct().ToArray();
        if (!await db.Contacts.AnyAsync(c => ids.Contains(c.Id), ct))
            return ReadContact.Missing;
        var tags = await tagBook.Find(command.Tags, ct);
        var tagIds = tags.Select(t => t.Id).ToArray();
        var now = clock.GetUtcNow();
        var removed = await db.Database.SqlQuery<Guid>($"""
            delete from contacts.contact_tag where tenant_id = {db.Tenant.Id} and tag_id = any({tagIds}) and contact_id = any({ids})
            returning contact_id as "Value"
            """).ToListAsync(ct);
        var changed = removed.Distinct().ToArray();
        if (changed.Length > 0)
        {
            foreach (var id in changed)
                db.ContactChanges.Add(ContactChange.New(id, ContactChange.Untagged, new(StringComparer.Ordinal) { ["tag"] = [.. tags.Select(t => t.Name)] }, actor, now));
            await db.Database.ExecuteSqlAsync($"update contacts.contact set updated_at = {now} where tenant_id = {db.Tenant.Id} and id = any({changed})", ct);
            await db.SaveChangesAsync(ct);
            await live.Changed(ct);
        }

        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return changed.Length;
    }
}

public static class UntagContactEndpoint
{
    public static void MapUntagContact(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/contacts/{id:guid}/tags", async (Guid id, [FromBody] TagsBody body, UntagContactHandler handler, ReadContact contacts, CancellationToken ct) =>
        {
            var untagged = await handler.Handle(new UntagContact { Ids = [id], Tags = body.Tags ?? [] }, ct);
            return untagged.Refusal is { } refusal ? refusal.Problem() : Results.Ok(new { tags = (await contacts.One(id, ct))!.Tags });
        }).RequirePermission("contacts.edit").WithName("UntagContact");
}
