using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Plura.Contacts;

/// <summary>Where a page begins: the sort key and id of the row beside it, and the direction. Opaque outside.</summary>
public sealed record ListCursor(string Sort, bool Back, object? Key, Guid? Id)
{
    public string Column => Sort switch { "name" => "sort_name", "changed" => "updated_at", _ => "created_at" };

    /// <summary>The stretch between this cursor and the end of the list, in the direction of reading.</summary>
    public string Sign => Ascending ? ">" : "<";

    public string Order => Ascending ? "asc" : "desc";

    private bool Ascending => (Sort == "name") != Back;

    public static ListCursor Start(string sort) => new(sort, Back: false, null, null);

    public string Behind(Guid id, object key) => Write(back: false, id, key);

    public string Before(Guid id, object key) => Write(back: true, id, key);

    /// <summary>Null where the text is not one of ours, or belongs to another order.</summary>
    public static ListCursor? Read(string text, string sort)
    {
        if (text.Length > 4000 || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 4);
        if (parts.Length != 4 || parts[0] != sort || !Guid.TryParseExact(parts[2], "N", out var id) || parts[3].Contains('\0', StringComparison.Ordinal))
            return null;
        if (sort == "name")
            return new ListCursor(sort, parts[1] == "p", parts[3], id);
        return long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new ListCursor(sort, parts[1] == "p", new DateTimeOffset(ticks, TimeSpan.Zero), id) : null;
    }

    private string Write(bool back, Guid id, object key)
    {
        var text = key is DateTimeOffset at ? at.UtcTicks.ToString(CultureInfo.InvariantCulture) : (string)key;
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Sort}|{(back ? "p" : "n")}|{id:N}|{text}"));
    }
}
