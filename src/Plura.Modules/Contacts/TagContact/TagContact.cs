using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Puts tags on one or many contacts; a tag with a new name is made.</summary>
public sealed record TagContact
{
    public List<Guid> Ids { get; set; } = [];

    public List<string> Tags { get; set; } = [];
}

public sealed class TagContactHandler(PluraDb db, TagBook tagBook, LiveContacts live, Actor actor, TimeProvider clock)
{
    /// <summary>Answers how many contacts got a tag that they did not have.</summary>
    public async Task<Result<int>> Handle(TagContact command, CancellationToken ct)
    {
        if ((command.Invalid() ?? TagBook.Check(command.Tags)) is { } invalid)
            return invalid;
        if (command.Tags.Count is 0 or > 50)
            return Refusal.Invalid("tag.empty", "Name a tag.", nameof(command.Tags));
        if (command.Ids.Count is 0 or > DeleteContact.Most)
            return Refusal.Invalid("contact.selection", $"Select between 1 and {DeleteContact.Most:N0} contacts.");

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var ids = command.Ids.Distinct().ToArray();
        if (!await db.Contacts.AnyAsync(c => ids.Contains(c.Id), ct))
            return ReadContact.Missing;
        var tags = await tagBook.FindOrMake(command.Tags, ct);
        var tagIds = tags.Select(t => t.Id).ToArray();
        var now = clock.GetUtcNow();
        var added = await db.Database.SqlQuery<Guid>($"""
            insert into contacts.contact_tag (tenant_id, contact_id, tag_id)
            select c.tenant_id, c.id, t.id from contacts.contact c cross join unnest({tagIds}) t (id)
            where c.tenant_id = {db.Tenant.Id} and c.id = any({ids})
            on conflict do nothing
            returning contact_id as "Value"
            """).ToListAsync(ct);
        var changed = added.Distinct().ToArray();
        if (changed.Length > 0)
        {
            foreach (var id in changed)
                db.ContactChanges.Add(ContactChange.New(id, ContactChange.Tagged, new(StringComparer.Ordinal) { ["tag"] = [.. tags.Select(t => t.Name)] }, actor, now));
            await db.Database.ExecuteSqlAsync($"update contacts.contact set updated_at = {now} where tenant_id = {db.Tenant.Id} and id = any({changed})", ct);
            await db.SaveChangesAsync(ct);
            await live.Changed(ct);
        }

        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return changed.Length;
    }
}

public sealed record TagsBody(List<string>? Tags);

public static class TagContactEndpoint
{
    public static void MapTagContact(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/contacts/{id:guid}/tags", async (Guid id, TagsBody body, TagContactHandler handler, ReadContact contacts, CancellationToken ct) =>
        {
            var tagged = await handler.Handle(new TagContact { Ids = [id], Tags = body.Tags ?? [] }, ct);
            return tagged.Refusal is { } refusal ? refusal.Problem() : Results.Ok(new { tags = (await contacts.One(id, ct))!.Tags });
        }).RequirePermission("contacts.edit").WithName("TagContact");
}
