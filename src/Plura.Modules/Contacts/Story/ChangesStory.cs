using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What was done to the contact itself, as sentences.</summary>
public sealed class ChangesStory(PluraDb db) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Changes;

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct)
    {
        var changes = await db.ContactChanges.AsNoTracking()
            .Where(c => c.ContactId == contactId && EF.Functions.LessThan(ValueTuple.Create(c.At, c.Id), ValueTuple.Create(from.At, from.Id)))
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
        ContactChange.Restored or ContactChange.Parted => "arrow-back-up",
        ContactChange.Merged => "arrows-join",
        _ => "pencil",
    };

    private static string Title(ContactChange change)
    {
        var tags = string.Join(", ", change.Values.GetValueOrDefault("tag", []).Select(t => $"“{t}”"));
        var who = change.By == ContactChange.Gone ? "Somebody who left" : change.By;
        return change.What switch
        {
            ContactChange.Created => $"Added by {change.By}",
            ContactChange.Tagged => $"{who} added the tag {tags}",
            ContactChange.Untagged => $"{who} removed the tag {tags}",
            ContactChange.Assigned => change.Values.GetValueOrDefault("to", []) is [{ Length: > 0 } to, ..] ? $"{who} assigned this contact to {to}" : $"{who} assigned this contact to nobody",
            ContactChange.Deleted => $"{who} moved this contact to the bin",
            ContactChange.Restored => $"{who} brought this contact back from the bin",
            ContactChange.Merged => $"{who} merged this contact with {change.Values.GetValueOrDefault("with", ["another one"])[0]}",
            ContactChange.Parted => change.Values.GetValueOrDefault("from", []) is [{ Length: > 0 } other, ..] ? $"{who} took the merge with {other} back" : $"{who} took a merge back: this contact is here again",
            _ => $"{who} changed this contact",
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
