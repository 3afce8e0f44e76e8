using System.Globalization;
using System.Text;
using System.Xml;

namespace Plura.Contacts;

/// <summary>What a number of a workbook means by its format: a day, a time, a number with its leading zeros, or the number itself.</summary>
public sealed class WorkbookFormats
{
    private const double LastDay = 2_958_465;
    private static readonly DateTime Start1900 = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Start1904 = new(1904, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private readonly Dictionary<int, Meaning> formats = [];
    private readonly List<Meaning> styles = [];
    private readonly bool from1904;

    /// <param name="xml">The part with the styles; null where the workbook has none.</param>
    /// <param name="from1904">Days are counted from 1904, as old Macs did.</param>
    public WorkbookFormats(XmlReader? xml, bool from1904)
    {
        this.from1904 = from1904;
        var inCells = false;
        while (xml?.Read() == true)
        {
            if (xml.LocalName == "cellXfs")
                inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id) && formats.Count < 10_000)
                formats[id] = Of(xml.GetAttribute("formatCode") ?? "");
            else if (inCells && xml is { NodeType: XmlNodeType.Element, LocalName: "xf" } && styles.Count < 100_000)
                styles.Add(Known(int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var number) ? number : 0));
        }
    }

    /// <summary>What the person sees, as plain as it gets: no 4.9E+11, no 12.0.</summary>
    public string Text(string value, int style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return value;
        var meaning = style >= 0 && style < styles.Count ? styles[style] : Meaning.Itself;
        return meaning.Kind switch
        {
            // Hours are counted beyond a day; but what is shown as the hour of a day in history is that day.
            Kind.Day or Kind.Time when number >= 0 && number < LastDay + 1 => Moment(number, meaning.Kind == Kind.Time && number < 100),
            Kind.Zeros when number >= 0 && number < 1e15 && Math.Floor(number) == number => ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(meaning.Digits, '0'),
            _ => Number(number, value),
        };
    }

    /// <summary>A moment that stands there as text, <c>2026-11-23T00:00:00</c>.</summary>
    public static string Iso(string value) =>
        DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? Written(moment) : value;

    /// <summary>Fifteen digits are what a spreadsheet knows of a number; what is behind them is noise.</summary>
    private static string Number(double number, string value) =>
        Math.Abs(number) is > 1e-12 and < 1e28 or 0 ? ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture) : value;

    private string Moment(double number, bool onlyTime)
    {
        if (onlyTime)
        {
            var minutes = (long)Math.Round(number * 24 * 60);
            return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
        }

        // 1900 has a 29 February there that never was: every day before it is counted one less.
        var days = from1904 ? number : number < 60 ? number + 1 : number;
        var moment = (from1904 ? Start1904 : Start1900).AddSeconds(Math.Round(days * 24 * 60 * 60));
        return Written(moment);
    }

    private static string Written(DateTime moment) => moment.ToString(
        moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : moment.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The formats that need no code, and those that the file brings.</summary>
    private Meaning Known(int id) => formats.TryGetValue(id, out var own) ? own : id switch
    {
        18 or 19 or 20 or 21 or (>= 45 and <= 47) => new(Kind.Time, 0),
        (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 50 and <= 58) => new(Kind.Day, 0),
        _ => Meaning.Itself,
    };

    private static Meaning Of(string code)
    {
        var letters = new StringBuilder(code.Length);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = code.IndexOf('"', i + 1) is >= 0 and var close ? close : code.Length;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    var end = code.IndexOf(']', i) is >= 0 and var bracket ? bracket : code.Length - 1;
                    // [h], [mm] and [ss] count on beyond a day; anything else there is a colour, a language or a condition.
                    if (code[(i + 1)..Math.Max(i + 1, end)].ToLowerInvariant() is { Length: > 0 } inside && inside.All(c => c is 'h' or 'm' or 's'))
                        letters.Append(inside);
                    i = end;
                    break;
                default:
                    letters.Append(char.ToLowerInvariant(code[i]));
                    break;
            }
        }

        var plain = letters.ToString().Trim();
        if (plain is "general" or "")
            return Meaning.Itself;
        if (plain.Length > 1 && plain.All(c => c == '0'))
            return new(Kind.Zeros, plain.Length);
        if (plain.AsSpan().ContainsAny('d', 'y') || (plain.Contains('m', StringComparison.Ordinal) && !Hourly(plain) && !plain.Contains('0', StringComparison.Ordinal)))
            return new(Kind.Day, 0);
        return Hourly(plain) ? new(Kind.Time, 0) : Meaning.Itself;
    }

    private static bool Hourly(string plain) => plain.AsSpan().ContainsAny('h', 's');

    private enum Kind
    {
        Plain,
        Day,
        Time,
        Zeros,
    }

    private sealed record Meaning(Kind Kind, int Digits)
    {
        public static readonly Meaning Itself = new(Kind.Plain, 0);
    }
}
