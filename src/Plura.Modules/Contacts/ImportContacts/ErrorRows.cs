using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// The rows that did not come in as they were, as a CSV with the original columns and a column that says why. Cells that a spreadsheet
/// would run as a formula are made plain text.
/// </summary>
public static class ErrorRows
{
    public static void Write(Stream output, string path, CsvShape shape, IReadOnlyDictionary<int, string> problems)
    {
        using var writer = Csv.Writer(output);
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
            writer.Write(Csv.Quoted(Csv.Harmless(cells[i]), delimiter));
        }

        writer.WriteLine();
    }
}
