using System.Text;
using System.Xml;

namespace Plura.Contacts;

/// <summary>
/// Writes a workbook's sheet once as the plain table that everything after it reads: a record for each of its rows, also the empty ones, so
/// that its row numbers are the file's.
/// </summary>
public static class WorkbookCopy
{
    /// <summary>A text that ten million cells share is small in the workbook, and no list of contacts outside it.</summary>
    private const long MostLetters = 1_500_000_000;
    private const int MostTitles = 10;

    /// <summary>Which sheets there are, and which was taken: the named one, else the first with rows.</summary>
    /// <exception cref="UnreadableCsvException">It cannot be read, and why.</exception>
    public static WorkbookSheets Take(string path, string texts, Stream table, string? sheet)
    {
        try
        {
            using var workbook = new Workbook(path, texts);
            var names = workbook.Filled();
            if (names.Count == 0)
                throw new UnreadableCsvException("There is nothing in the workbook: no sheet of it has a row. Choose the workbook that holds your contacts.");
            var chosen = sheet is null ? names[0]
                : names.FirstOrDefault(n => string.Equals(n, sheet.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw new UnreadableCsvException($"The workbook has no sheet “{sheet}” with rows. It has: {string.Join(", ", names.Take(20))}.");
            using var writer = new StreamWriter(table, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 128 * 1024, leaveOpen: true);
            Write(writer, WithoutTitles(workbook.Rows(chosen)));
            return new WorkbookSheets(names, chosen);
        }
        catch (Exception error) when (error is XmlException or InvalidDataException or EndOfStreamException)
        {
            throw WorkbookFile.Damaged();
        }
    }

    private static void Write(StreamWriter writer, IEnumerable<(int Row, IReadOnlyList<string> Cells)> rows)
    {
        var letters = new Budget(MostLetters);
        var next = 1;
        foreach (var (row, cells) in rows)
        {
            for (; next < row; next++)
                writer.Write("\r\n");
            next++;
            for (var i = 0; i < cells.Count; i++)
            {
                if (i > 0)
                    writer.Write(',');
                letters.Take(cells[i].Length + 1);
                if (cells[i].AsSpan().ContainsAny(",\"\r\n"))
                    writer.Write('"' + cells[i].Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
                else
                    writer.Write(cells[i]);
            }

            writer.Write("\r\n");
        }
    }

    /// <summary>Lines above the column names, “Customers of 2026”, with one cell each and nobody's address in it, are no rows.</summary>
    private static IEnumerable<(int Row, IReadOnlyList<string> Cells)> WithoutTitles(IEnumerable<(int Row, IReadOnlyList<string> Cells)> rows)
    {
        List<(int Row, IReadOnlyList<string> Cells)>? titles = [];
        foreach (var (row, cells) in rows)
        {
            if (titles is not null && titles.Count < MostTitles && cells.Count(c => c.Length > 0) == 1 && !cells.Any(LooksLikeAnAddress))
            {
                titles.Add((row, [.. cells]));
                continue;
            }

            if (titles is not null && (cells.Count(c => c.Length > 0) < 2 || cells.Any(LooksLikeAnAddress)))
            {
                foreach (var title in titles)
                    yield return title;
            }

            titles = null;
            yield return (row, cells);
        }

        foreach (var title in titles ?? [])
            yield return title;
    }

    private static bool LooksLikeAnAddress(string cell) => ColumnGuess.LooksLikeEmail(cell.Trim()) || ColumnGuess.LooksLikePhone(cell.Trim());
}

/// <summary>The sheets of a workbook that have rows, and the one that is imported.</summary>
public sealed record WorkbookSheets(IReadOnlyList<string> Names, string Chosen);
