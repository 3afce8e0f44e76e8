using System.Text.RegularExpressions;

namespace Plura.Ui;

/// <summary>Finds web addresses in plain text. Only http and https: whatever else a link could start stays text.</summary>
public static partial class TextLinks
{
    /// <summary>The text in pieces, each with the address it leads to, or null.</summary>
    public static IReadOnlyList<(string Text, string? Address)> Of(string text)
    {
        var parts = new List<(string, string?)>();
        var at = 0;
        foreach (Match found in Address().Matches(text))
        {
            // What ends a sentence is not the end of an address; nor is a bracket that was opened before it.
            var address = found.Value.TrimEnd('.', ',', ';', ':', '!', '?', '\'', '’', '”');
            while (address.EndsWith(')') && address.Count(c => c == ')') > address.Count(c => c == '('))
                address = address[..^1];
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
                continue;
            if (found.Index > at)
                parts.Add((text[at..found.Index], null));
            parts.Add((address, uri.AbsoluteUri));
            at = found.Index + address.Length;
        }

        if (at < text.Length)
            parts.Add((text[at..], null));
        return parts;
    }

    [GeneratedRegex(@"https?://[^\s<>""]{1,2000}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
