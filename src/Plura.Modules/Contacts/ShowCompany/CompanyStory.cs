using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What was done to a company, as sentences, the newest first.</summary>
public sealed class CompanyStory(PluraDb db)
{
    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid companyId, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var changes = await db.CompanyChanges.AsNoTracking()
            .Where(c => c.CompanyId == companyId && c.At < before)
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(limit).ToListAsync(ct);
        var fields = await db.CustomFields.AsNoTracking().Where(f => f.Entity == CustomField.OnCompanies).ToDictionaryAsync(f => "fields." + f.Key, ct);
        return [.. changes.Select(c => new TimelineEntry(c.Id, c.At, "company", Icon(c.What), Title(c), Why(c, fields)))];
    }

    private static string Icon(string what) => what switch
    {
        ContactChange.Created => "building-plus",
        ContactChange.Deleted => "trash",
        ContactChange.Restored => "arrow-back-up",
        _ => "pencil",
    };

    private static string Title(CompanyChange change) => change.What switch
    {
        ContactChange.Created => $"Added by {change.By}",
        ContactChange.Deleted => $"{change.By} moved this company to the bin",
        ContactChange.Restored => $"{change.By} brought this company back from the bin",
        _ => $"{change.By} changed this company",
    };

    private static string? Why(CompanyChange change, Dictionary<string, CustomField> fields) => change.What switch
    {
        ContactChange.Created => change.Values.GetValueOrDefault("source", []) is [{ Length: > 0 } source, ..] ? source : null,
        ContactChange.Edited => ChangeWords.Of(change.Values, fields),
        _ => null,
    };
}

/// <summary>Old and new values as a sentence; of a sensitive field only that it changed, because a story is read over shoulders.</summary>
public static class ChangeWords
{
    public static string Of(IReadOnlyDictionary<string, string[]> values, IReadOnlyDictionary<string, CustomField> fields) =>
        string.Join("; ", values.Select(v => Of(fields.GetValueOrDefault(v.Key), v.Key, v.Value)));

    private static string Of(CustomField? field, string key, string[] values)
    {
        var name = field?.Label ?? key;
        if (field?.Privacy == FieldPrivacy.Sensitive)
            return $"{name} changed";
        string Shown(string value) => field is null || value.Length == 0 ? value : FieldValues.Shown(field, FieldValues.Listed(field, value));
        return values switch
        {
            ["", var to] => $"{name}: {Shown(to)}",
            [var from, ""] => $"{name} removed (was {Shown(from)})",
            [var from, var to] => $"{name}: {Shown(from)} → {Shown(to)}",
            _ => name,
        };
    }
}
