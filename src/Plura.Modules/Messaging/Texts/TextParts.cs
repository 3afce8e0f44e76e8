namespace Plura.Messaging;

/// <summary>
/// How a text travels: as one message, or cut into parts that the phone joins again. One character outside the GSM alphabet makes the whole text
/// UCS-2, with less than half the room. What belongs together (an escape and its character, a surrogate pair) stays in one part.
/// </summary>
public sealed class TextParts
{
    public const int GsmAlone = 160;
    public const int GsmPart = 153;
    public const int UnicodeAlone = 70;
    public const int UnicodePart = 67;

    private TextParts(bool unicode, int units, IReadOnlyList<string> parts, string unusual) => (Unicode, Units, Parts, Unusual) = (unicode, units, parts, unusual);

    /// <summary>It goes as UCS-2, because of <see cref="Unusual"/>.</summary>
    public bool Unicode { get; }

    /// <summary>Septets of GSM, or code units of UCS-2.</summary>
    public int Units { get; }

    /// <summary>In order; together they are the text. An empty text has none.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>The characters that are not in the GSM alphabet, each once.</summary>
    public string Unusual { get; }

    /// <summary>How many more units fit into the last part.</summary>
    public int Room => Parts switch
    {
        [] => Unicode ? UnicodeAlone : GsmAlone,
        [var only] => (Unicode ? UnicodeAlone : GsmAlone) - Cost(only),
        [.., var last] => (Unicode ? UnicodePart : GsmPart) - Cost(last),
    };

    private int Cost(string part) => Unicode ? part.Length : part.Sum(Gsm.Septets);

    public static TextParts Of(string text)
    {
        var unusual = string.Concat(text.EnumerateRunes().Where(r => !r.IsBmp || Gsm.Septets((char)r.Value) == 0).Distinct());
        var unicode = unusual.Length > 0;
        var units = unicode ? text.Length : text.Sum(Gsm.Septets);
        if (text.Length == 0)
            return new TextParts(unicode, 0, [], unusual);
        return units <= (unicode ? UnicodeAlone : GsmAlone)
            ? new TextParts(unicode, units, [text], unusual)
            : new TextParts(unicode, units, Cut(text, unicode), unusual);
    }

    private static List<string> Cut(string text, bool unicode)
    {
        var room = unicode ? UnicodePart : GsmPart;
        var parts = new List<string>();
        var (start, used) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            var length = unicode && char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
            var cost = unicode ? length : Gsm.Septets(text[at]);
            if (used + cost > room)
            {
                parts.Add(text[start..at]);
                (start, used) = (at, 0);
            }

            (at, used) = (at + length, used + cost);
        }

        parts.Add(text[start..]);
        return parts;
    }
}
