using System.Text.RegularExpressions;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>Guesses where each column goes: by its name first, then by what stands in it.</summary>
public static partial class ColumnGuess
{
    /// <summary>A column that is called as a field of files is left out: a list has none.</summary>
    public static IReadOnlyList<ColumnTarget> For(CsvShape shape, IReadOnlyList<CustomField> fields, string region)
    {
        var files = fields.Where(f => f.IsFile).SelectMany(f => (string[])[ColumnWords.Plain(f.Label), ColumnWords.Plain(f.Key)]).ToHashSet(StringComparer.Ordinal);
        var guessed = For(shape, [.. fields.Where(f => !f.IsFile).Select(f => (f.Key, f.Label))], region);
        return [.. guessed.Select((target, i) => target.Kind is ColumnTarget.New && files.Contains(ColumnWords.Plain(shape.Headers[i])) ? ColumnTarget.None : target)];
    }

    /// <param name="shape">The file's columns and first rows.</param>
    /// <param name="fields">Custom fields that exist: key and label.</param>
    /// <param name="region">The account's country.</param>
    public static IReadOnlyList<ColumnTarget> For(CsvShape shape, IReadOnlyList<(string Key, string Label)> fields, string region)
    {
        var targets = new ColumnTarget[shape.Headers.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = ByName(shape.Headers[i], fields) ?? default;
            if (targets[i].Kind == ColumnTarget.Email && Values(shape, i) is { Count: > 0 } values && !values.Any(LooksLikeEmail))
                targets[i] = default;
            if (targets[i].Kind is ColumnTarget.FullName or ColumnTarget.FirstName or ColumnTarget.LastName && Values(shape, i) is { Count: > 0 } names && names.All(LooksLikeEmail))
                targets[i] = default;
            if (targets[i].Kind is not null && !taken.Add(targets[i].ToString()) && !Several(targets[i].Kind))
                targets[i] = default;
        }

        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i].Kind is null)
                targets[i] = ByValues(shape, i, taken, region);
        }

        // "Name" beside "First name" is the last name: what German and Scandinavian programs export.
        var full = Array.FindIndex(targets, t => t.Kind == ColumnTarget.FullName);
        if (full >= 0 && taken.Contains(ColumnTarget.FirstName))
            targets[full] = taken.Contains(ColumnTarget.LastName) ? ColumnTarget.None : new ColumnTarget(ColumnTarget.LastName);
        return targets;
    }

    public static bool LooksLikeEmail(string value) => value.Length is > 5 and < 255 && EmailShape().IsMatch(value);

    public static bool LooksLikePhone(string value) =>
        value.Length is > 5 and < 30 && PhoneShape().IsMatch(value) && value.Count(char.IsAsciiDigit) is >= 6 and <= 16 && !LooksLikeDate(value);

    public static bool LooksLikeDate(string value) => DateShape().IsMatch(value);

    private static ColumnTarget? ByName(string header, IReadOnlyList<(string Key, string Label)> fields)
    {
        if (ColumnWords.Find(header) is { } target)
            return new ColumnTarget(target);
        var plain = ColumnWords.Plain(header);
        foreach (var (key, label) in fields)
        {
            if (plain.Length > 0 && (plain == ColumnWords.Plain(label) || plain == ColumnWords.Plain(key)))
                return new ColumnTarget(ColumnTarget.Field, key);
        }

        return null;
    }

    private static ColumnTarget ByValues(CsvShape shape, int column, HashSet<string> taken, string region)
    {
        var values = Values(shape, column);
        if (values.Count == 0)
            return ColumnTarget.None;
        foreach (var kind in (string[])[ColumnTarget.Email, ColumnTarget.Phone])
        {
            if (!taken.Contains(kind) && values.Count(v => Fits(kind, v)) > values.Count * 0.8)
            {
                taken.Add(kind);
                return new ColumnTarget(kind);
            }
        }

        // What has a name of its own is worth keeping; what has none is left out until a person says otherwise.
        return shape.Headed && !shape.Headers[column].StartsWith("Column ", StringComparison.Ordinal)
            ? ColumnTarget.Made(shape.Headers[column].Length > 80 ? shape.Headers[column][..80] : shape.Headers[column], KindGuess.Of(shape.Headers[column], values, region), FieldPrivacy.Personal)
            : ColumnTarget.None;
    }

    private static bool Several(string kind) => kind is ColumnTarget.Email or ColumnTarget.Phone or ColumnTarget.Tags;

    private static bool Fits(string kind, string value) => kind == ColumnTarget.Email ? LooksLikeEmail(value) : LooksLikePhone(value);

    private static List<string> Values(CsvShape shape, int column) =>
        shape.Samples.Where(row => column < row.Count && row[column].Length > 0).Select(row => row[column]).ToList();

    [GeneratedRegex(@"^(mailto:)?[^\s@,;<>""]+@[^\s@,;<>""]+\.[^\s@,;<>"".]{2,}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"^'?(tel:)?\+?[\d\s().\-/\u00A0]+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PhoneShape();

    [GeneratedRegex(@"^(\d{4}-\d{1,2}-\d{1,2}([ T].*)?|\d{1,2}[./]\d{1,2}[./](\d{2}|\d{4})( .*)?)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex DateShape();
}
