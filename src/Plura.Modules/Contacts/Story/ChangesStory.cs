using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What was done to the contact itself, as sentences.</summary>
public sealed class ChangesStory(PluraDb db) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var changes = await db.ContactChanges.AsNoTracking()
            .Where(c => c.ContactId == contactId && c.At < before)
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(limit).ToListAsync(ct);
        var labels = await db.CustomFields.AsNoTracking().Where(f => f.Entity == CustomField.OnContacts).ToDictionaryAsync(f => "fields." + f.Key, ct);
        return [.. changes.Select(c => new TimelineEntry(c.Id, c.At, "contact", Icon(c), Title(c), Why(c, labels)))];
    }

    private static string Icon(ContactChange change) => change.What switch
    {
        ContactChange.Created => "user-plus",
        ContactChange.Tagged or ContactChange.Untagged => "tag",
        ContactChange.Assigned => "user-check",
        ContactChange.Deleted => "trash",
        ContactChange.Restored => "arrow-back-up",
        _ => "pencil",
    };

    private static string Title(ContactChange change)
    {
        var tags = string.Join(", ", change.Values.GetValueOrDefault("tag", []).Select(t => $"“{t}”"));
        return change.What switch
        {
            ContactChange.Created => $"Added by {change.By}",
            ContactChange.Tagged => $"{change.By} added the tag {tags}",
            ContactChange.Untagged => $"{change.By} removed the tag {tags}",
            ContactChange.Assigned => change.Values.GetValueOrDefault("to", []) is [{ Length: > 0 } to, ..] ? $"{change.By} assigned this contact to {to}" : $"{change.By} assigned this contact to nobody",
            ContactChange.Deleted => $"{change.By} moved this contact to the bin",
            ContactChange.Restored => $"{change.By} brought this contact back from the bin",
            _ => $"{change.By} changed this contact",
        };
    }

    private static string? Why(ContactChange change, Dictionary<string, CustomField> labels)
    {
        if (change.What == ContactChange.Created)
            return change.Values.GetValueOrDefault("source", []) is [{ Length: > 0 } source, ..] ? source : null;
        if (change.What != ContactChange.Edited)
            return null;
        return ChangeWords.Of(change.Values, labels);
    }
}
