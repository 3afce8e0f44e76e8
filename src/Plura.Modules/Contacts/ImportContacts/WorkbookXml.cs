using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Plura.Contacts;

/// <summary>Reads the XML of a workbook's parts: nothing from outside, no text longer than a cell may be.</summary>
public static partial class WorkbookXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
    };

    public static XmlReader Reader(Stream part) => XmlReader.Create(part, Settings);

    /// <summary>The text of an element that may be cut into runs; what says how to pronounce it is left out.</summary>
    public static string RichText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var whole = "";
        StringBuilder? more = null;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
            {
                Leave(xml);
                continue;
            }

            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "t" })
                continue;
            var text = Plain(xml);
            if (whole.Length == 0)
                whole = text;
            else
                (more ??= new StringBuilder(whole)).Append(text);
            if (more?.Length > CsvRecords.LongestCell)
                throw TooLong();
        }

        return Clean(more?.ToString() ?? whole);
    }

    /// <summary>The text of an element without others in it; the reader stands on its end afterwards.</summary>
    public static string Plain(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var text = "";
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text = text.Length == 0 ? xml.Value : text + xml.Value;
            if (text.Length > CsvRecords.LongestCell)
                throw TooLong();
        }

        return text;
    }

    /// <summary>To the element's end.</summary>
    public static void Leave(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
        }
    }

    /// <summary>Letters that XML cannot hold are written as <c>_x000D_</c>; line ends become one kind, other control letters go.</summary>
    public static string Clean(string text)
    {
        if (text.Contains("_x", StringComparison.Ordinal))
            text = Escaped().Replace(text, code => ((char)int.Parse(code.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1F'))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            if (!char.IsControl(letter) || letter is '\n' or '\t')
                clean.Append(letter);
        }

        return clean.ToString();
    }

    private static UnreadableCsvException TooLong() => new($"The workbook has a single cell of more than {CsvRecords.LongestCell:N0} characters. Shorten it, and upload the file again.");

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
