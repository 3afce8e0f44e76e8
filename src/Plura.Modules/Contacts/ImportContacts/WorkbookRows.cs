using System.Globalization;
using System.Xml;

namespace Plura.Contacts;

/// <summary>Reads the rows of one sheet as a person sees them, one after the other.</summary>
public sealed class WorkbookRows(XmlReader xml, WorkbookTexts texts, WorkbookFormats formats, List<MergedCells> merges)
{
    /// <summary>As many as a sheet can have.</summary>
    private const int MostRows = 1_048_576;
    private readonly List<string> cells = [];
    private readonly Dictionary<int, (int Bottom, string Value)> standing = [];
    private int nextMerge;

    /// <summary>Those with something in them; their number is the one at the sheet's edge.</summary>
    public IEnumerable<(int Row, IReadOnlyList<string> Cells)> All()
    {
        var row = 0;
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "row" })
                continue;
            var number = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var given) ? given : row + 1;
            if (number <= row || number > MostRows)
                throw WorkbookFile.Damaged();
            row = number;
            cells.Clear();
            if (!xml.IsEmptyElement)
                Cells();
            if (cells.Count == 0)
                continue;
            FillDown(row);
            yield return (row, cells);
        }
    }

    /// <summary>Row and column of <c>BC12</c>, the column counted from zero.</summary>
    public static (int Row, int Column)? Place(string reference)
    {
        var (column, at) = (0, 0);
        for (; at < reference.Length && at < 3 && char.IsAsciiLetter(reference[at]); at++)
            column = (column * 26) + (char.ToUpperInvariant(reference[at]) - 'A' + 1);
        return column > 0 && int.TryParse(reference.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (row, column - 1) : null;
    }

    private void Cells()
    {
        var depth = xml.Depth;
        var column = -1;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
                continue;
            column = xml.GetAttribute("r") is { } reference && Place(reference) is { } place ? place.Column : column + 1;
            var (kind, style) = (xml.GetAttribute("t"), int.TryParse(xml.GetAttribute("s"), CultureInfo.InvariantCulture, out var number) ? number : 0);
            var value = xml.IsEmptyElement ? "" : Value(kind, style);
            if (value.Length == 0)
                continue;
            if (column >= CsvRecords.MostCells)
                throw new UnreadableCsvException($"The sheet has more than {CsvRecords.MostCells:N0} columns. Is this really a list of contacts, with one person in each row? Remove the columns you do not need, and upload it again.");
            while (cells.Count <= column)
                cells.Add("");
            cells[column] = value;
        }
    }

    /// <summary>Of a formula, what it came to when the workbook was saved.</summary>
    private string Value(string? kind, int style)
    {
        var depth = xml.Depth;
        var value = "";
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" })
                value = WorkbookXml.RichText(xml);
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" })
                value = WorkbookXml.Plain(xml);
        }

        return value.Length == 0 ? "" : kind switch
        {
            "s" => texts[int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1],
            "b" => value is "1" or "true" ? "TRUE" : "FALSE",
            "d" => WorkbookFormats.Iso(value),
            // “Not available” is how a lookup says that it found nothing; other errors are shown as they stand.
            "e" => value == "#N/A" ? "" : value,
            "str" => WorkbookXml.Clean(value),
            "inlineStr" => value,
            _ => formats.Text(value, style),
        };
    }

    /// <summary>A cell that is one over several rows is the value of each of them. Over several columns it stays in the first: a title is not ten titles.</summary>
    private void FillDown(int row)
    {
        for (; nextMerge < merges.Count && merges[nextMerge].Top <= row; nextMerge++)
        {
            var merge = merges[nextMerge];
            if (merge.Top == row && merge.Column < cells.Count && cells[merge.Column].Length > 0)
                standing[merge.Column] = (merge.Bottom, cells[merge.Column]);
        }

        if (standing.Count == 0)
            return;
        foreach (var (column, (bottom, value)) in standing)
        {
            if (bottom < row)
            {
                standing.Remove(column);
                continue;
            }

            while (cells.Count <= column)
                cells.Add("");
            if (cells[column].Length == 0)
                cells[column] = value;
        }
    }
}
