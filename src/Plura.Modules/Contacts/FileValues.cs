using System.Text.RegularExpressions;

namespace Plura.Contacts;

/// <summary>How a file stands in a field: its id, a blank, its name.</summary>
public static partial class FileValues
{
    /// <summary>What stands before the name.</summary>
    public const int BeforeName = 37;

    public static string Of(Guid id, string fileName) => $"{id} {fileName}";

    /// <summary>The id, by itself or before a name; null where there is none.</summary>
    public static Guid? Id(string? value)
    {
        var text = (value ?? "").Trim();
        return (text.Length < BeforeName || text[BeforeName - 1] == ' ') && Guid.TryParse(text.Length < BeforeName ? text : text[..(BeforeName - 1)], out var id) ? id : null;
    }

    /// <summary>The name, without its id.</summary>
    public static string Name(string value) => Begins().IsMatch(value) ? value[BeforeName..] : value;

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Begins();
}
