using System.Buffers;
using System.Text;

namespace Plura.Contacts;

/// <summary>
/// The rows that did not come in as they were, as a CSV with the original columns and a column that says why. Cells that a spreadsheet
/// would run as a formula are made plain text.
/// </summary>
public static class ErrorRows
{
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789 .,()/");

    public static void Write(Stream output, string path, CsvShape shape, IReadOnlyDictionary<int, string> problems)
    {
        // The byte-order mark makes spreadsheet programs read it as UTF-8.
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024);
        Cells(writer, [.. shape.Headers, "Problem"], shape.Delimiter);
        using var text = CsvShape.Text(path, shape.Encoding);
        var records = shape.Open(text);
        var left = problems.Count;
        var number = 0;
        while (left > 0 && records.Read())
        {
            if (!problems.TryGetValue(number++, out var problem))
                continue;
            left--;
            var cells = new List<string>(shape.Headers.Count + 1);
            for (var i = 0; i < Math.Max(shape.Headers.Count, records.Count); i++)
                cells.Add(records[i].ToString());
            cells.Insert(shape.Headers.Count, problem);
            Cells(writer, cells, shape.Delimiter);
        }
    }

    private static void Cells(StreamWriter writer, IReadOnlyList<string> cells, char delimiter)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                writer.Write(delimiter);
            var cell = Harmless(cells[i]);
            if (cell.AsSpan().ContainsAny(delimiter, '"', '\n') || cell.Contains('\r', StringComparison.Ordinal))
                writer.Write('"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
            else
                writer.Write(cell);
        }

        writer.Write("\r\n");
    }

    /// <summary>An apostrophe before =, +, -, @, tab and return; a telephone number or a plain number keeps its sign.</summary>
    internal static string Harmless(string cell)
    {
        if (cell.Length == 0 || cell[0] is not ('=' or '+' or '-' or '@' or '\t' or '\r'))
            return cell;
        return cell[0] is '+' or '-' && cell.AsSpan(1).IndexOfAnyExcept(InNumbers) < 0 ? cell : "'" + cell;
    }
}
