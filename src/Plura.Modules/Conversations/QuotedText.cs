using System.Text.RegularExpressions;

namespace Plura.Conversations;

/// <summary>Tells what somebody wrote apart from the earlier letter that their mail program put below it.</summary>
public static partial class QuotedText
{
    public const int PreviewLength = 160;

    /// <summary>The person's own words, and what is quoted; the quote is empty where nothing is.</summary>
    public static (string Own, string Quoted) Split(string text)
    {
        var lines = text.Split('\n');
        var at = Array.FindIndex(lines, Begins);
        // "On Monday Ann wrote:" is often broken in two.
        for (var i = 0; at < 0 && i + 1 < lines.Length; i++)
        {
            if (lines[i].Length < 200 && lines[i + 1].Length < 200 && Wrote().IsMatch(lines[i].Trim() + " " + lines[i + 1].Trim()))
                at = i;
        }

        if (at < 0)
            at = Marked(lines);
        if (at <= 0 || !lines.Take(at).Any(l => l.Trim().Length > 0))
            return (text, "");
        return (string.Join('\n', lines.Take(at)).Trim(), string.Join('\n', lines.Skip(at)).Trim());
    }

    /// <summary>How it begins, on one line.</summary>
    public static string Preview(string text)
    {
        var line = string.Join(' ', Split(text).Own.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= PreviewLength)
            return line;
        var end = char.IsHighSurrogate(line[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength;
        return line[..end].TrimEnd() + "…";
    }

    private static bool Begins(string line)
    {
        var text = line.Trim();
        return text.Length < 400 && (Wrote().IsMatch(text) || Original().IsMatch(text));
    }

    /// <summary>Where the lines that begin with a mark reach the end; -1 where they do not.</summary>
    private static int Marked(string[] lines)
    {
        var at = lines.Length;
        while (at > 0 && (lines[at - 1].StartsWith('>') || lines[at - 1].Trim().Length == 0))
            at--;
        return lines.Skip(at).Any(l => l.StartsWith('>')) ? at : -1;
    }

    [GeneratedRegex(@"^(On|Am|Le|El) .{6,} (wrote|schrieb .*|a écrit|escribió)\s?:$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^(-{2,}\s?(Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine)\s?-{2,}|_{20,})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Original();
}
