using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What creating, editing and restoring have in common.</summary>
public static class ContactInput
{
    public const int LongestLabel = 40;

    /// <summary>JSON can say null inside a list.</summary>
    public static Refusal? Whole(params ReadOnlySpan<System.Collections.ICollection> lists)
    {
        foreach (var list in lists)
        {
            if (list is System.Collections.IDictionary pairs && pairs.Values.Cast<object?>().Contains(null) || list.Cast<object?>().Contains(null))
                return Refusal.Invalid("contact.list", "Tags, fields and permissions are lists without empty places. Leave out what there is not.");
        }

        return null;
    }

    /// <summary>PostgreSQL cannot store NUL, and a line break in a name would break a list or a mail header.</summary>
    public static Refusal? Check(params ReadOnlySpan<string?> lines)
    {
        foreach (var line in lines)
        {
            if (line is not null && line.Any(char.IsControl))
                return Refusal.Invalid("contact.text", "Names are written on one line, without control characters.", "FirstName");
        }

        return null;
    }

    public static Refusal? CheckLabels(IReadOnlyDictionary<string, string> labels) =>
        labels.Values.Any(l => l.Trim().Length > LongestLabel || l.Any(char.IsControl))
            ? Refusal.Invalid("contact.label", $"What an address is called has at most {LongestLabel} characters, on one line.", "Labels") : null;

    /// <summary>What the command calls an address; null where it says nothing.</summary>
    public static string? LabelOf(IReadOnlyDictionary<string, string> labels, ReadAddress address) =>
        labels.FirstOrDefault(l => string.Equals(l.Key.Trim(), address.Value, StringComparison.OrdinalIgnoreCase) || string.Equals(l.Key.Trim(), address.Normal, StringComparison.OrdinalIgnoreCase)).Value?.Trim();

    /// <summary>Adds the addresses of a new contact; the first of each kind is its main one.</summary>
    public static void Take(PluraDb db, Contact contact, IReadOnlyList<ReadAddress> addresses, IReadOnlyDictionary<string, string> labels, DateTimeOffset now)
    {
        foreach (var kind in addresses.GroupBy(a => a.Kind))
        {
            foreach (var (position, address) in kind.Index())
                db.ContactPoints.Add(ContactPoint.New(contact.Id, address.Kind, address.Value, address.Normal, address.Key, position == 0, position, now).Call(LabelOf(labels, address) ?? ""));
        }

        contact.Changed(Normals(addresses, ContactPoint.Email), Normals(addresses, ContactPoint.Phone), now);
    }

    public static IReadOnlyList<string> Normals(IEnumerable<ReadAddress> addresses, string kind) =>
        [.. addresses.Where(a => a.Kind == kind).Select(a => a.Normal)];
}
