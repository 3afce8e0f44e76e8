using System.Globalization;
using System.Text;
using Scriban.Functions;
using Scriban.Runtime;

namespace Plura.Messaging;

/// <summary>The filters that letters may use: Liquid's own, without anything that reads files, clocks or objects.</summary>
internal static class LiquidFilters
{
    private static readonly string[] NotOffered = ["include", "include_join", "html", "math", "object", "regex", "string", "timespan", "array", "try_liquid_to_scriban"];

    public static ScriptObject All { get; } = Make();

    private static ScriptObject Make()
    {
        var filters = new LiquidBuiltinsFunctions();
        foreach (var name in NotOffered)
            filters.Remove(name);
        filters.Remove("date");
        filters.Import("date", Date);
        filters.Import("url_encode", (string? text) => Uri.EscapeDataString(text ?? ""));
        // Everything is encoded where it is printed; a second time would show the entities.
        filters.Remove("escape");
        filters.Import("escape", (string? text) => text);
        filters.IsReadOnly = true;
        return filters;
    }

    /// <summary>Liquid's date filter: <c>%d %B %Y</c>. What is no date stays as it is.</summary>
    private static string Date(object? value, string format)
    {
        var text = FieldEncoding.Text(value);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return text;
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            var bare = format[++i] == '-' && i + 1 < format.Length;
            if (bare)
                i++;
            var piece = format[i] switch
            {
                'Y' => "yyyy",
                'y' => "yy",
                'm' => "MM",
                'B' => "MMMM",
                'b' => "MMM",
                'd' => "dd",
                'e' => "%d",
                'A' => "dddd",
                'a' => "ddd",
                'H' => "HH",
                'I' => "hh",
                'M' => "mm",
                'S' => "ss",
                'p' => "tt",
                _ => null,
            };
            var printed = piece is null ? format[i].ToString() : at.ToString(piece, CultureInfo.InvariantCulture);
            result.Append(bare ? printed.TrimStart('0') : printed);
        }

        return result.ToString();
    }
}
