using System.Text;

namespace Plura.Contacts;

/// <summary>What an uploaded table looks like: how to read it, its columns, its first rows and how many there are.</summary>
/// <param name="Encoding">A web name: <c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c> …</param>
/// <param name="Delimiter">One of <c>, ; tab |</c>.</param>
/// <param name="Headed">False where the first line is already a person; the columns are then called by their number.</param>
/// <param name="Skip">Lines above the header: Excel's <c>sep=;</c>.</param>
/// <param name="Headers">Each column's name, made unique.</param>
/// <param name="Samples">The first rows, cell by cell.</param>
/// <param name="Rows">How many rows stand below the header.</param>
public sealed record CsvShape(string Encoding, char Delimiter, bool Headed, bool Skip, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Samples, int Rows)
{
    /// <summary>How many rows are looked at to guess what the columns are.</summary>
    public const int MostSamples = 200;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>Where the table was copied from a workbook: its sheets.</summary>
    public WorkbookSheets? Workbook { get; init; }

    /// <summary>Looks through the whole file once, in bounded memory.</summary>
    /// <param name="path">The table.</param>
    /// <param name="encoding">In which characters it is written.</param>
    /// <param name="workbook">Where it was copied from a workbook: then commas stand between its cells, and nothing is guessed.</param>
    /// <exception cref="UnreadableCsvException">It is no table of people, and why.</exception>
    public static CsvShape Of(string path, string encoding, WorkbookSheets? workbook = null)
    {
        var (delimiter, skip) = workbook is null ? Delimit(path, encoding) : (',', false);
        using var text = Text(path, encoding);
        if (skip)
            text.ReadLine();
        var records = new CsvRecords(text, delimiter, skip ? 2 : 1, workbook is not null);
        if (!records.Read())
            throw new UnreadableCsvException("The file is empty. Choose the CSV file that you exported from your old program or spreadsheet.");

        var first = Cells(records);
        var headed = !first.Any(cell => ColumnGuess.LooksLikeEmail(cell));
        List<IReadOnlyList<string>> samples = headed ? [] : [first];
        var rows = samples.Count;
        while (records.Read())
        {
            rows++;
            if (samples.Count < MostSamples)
                samples.Add(Cells(records));
        }

        if (rows == 0)
            throw new UnreadableCsvException("The file has a line of column names, but nobody below it.");
        return new CsvShape(encoding, delimiter, headed, skip, Names(first, headed), samples, rows) { Workbook = workbook };
    }

    /// <summary>Opens the file at its first row of data.</summary>
    public CsvRecords Open(TextReader text)
    {
        if (Skip)
            text.ReadLine();
        var records = new CsvRecords(text, Delimiter, Skip ? 2 : 1, Workbook is not null);
        if (Headed)
            records.Read();
        return records;
    }

    public static StreamReader Text(string path, string encoding) =>
        new(path, CsvEncoding.Named(encoding), detectEncodingFromByteOrderMarks: true, new FileStreamOptions { BufferSize = 128 * 1024, Options = FileOptions.SequentialScan });

    /// <summary>The delimiter that cuts the first lines most evenly into the most cells.</summary>
    private static (char Delimiter, bool Skip) Delimit(string path, string encoding)
    {
        var start = new char[64 * 1024];
        int length;
        using (var text = Text(path, encoding))
            length = text.ReadBlock(start);
        var head = start.AsSpan(0, length);
        if (length >= 5 && head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && (length == 5 || head[5] is '\r' or '\n'))
            return (head[4], true);
        var sample = head.ToString();
        return (Candidates.MaxBy(candidate => Evenness(sample, candidate, length == start.Length)), false);
    }

    private static double Evenness(string sample, char delimiter, bool cut)
    {
        var records = new CsvRecords(new StringReader(sample), delimiter);
        var widths = new List<int>();
        try
        {
            while (widths.Count < 100 && records.Read())
                widths.Add(records.Count);
        }
        catch (UnreadableCsvException) when (cut || widths.Count > 0)
        {
            // The sample ends inside a cell, or the trouble is further down, where the full reading reports it.
        }

        if (widths.Count == 0 || widths[0] < 2)
            return 0;
        var even = widths.Count(w => w == widths[0]) / (double)widths.Count;
        return even * even * Math.Log2(1 + widths[0]);
    }

    private static List<string> Cells(CsvRecords records)
    {
        var cells = new List<string>(records.Count);
        for (var i = 0; i < records.Count; i++)
            cells.Add(records[i].Trim().ToString());
        return cells;
    }

    private static List<string> Names(List<string> first, bool headed)
    {
        var names = new List<string>(first.Count);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < first.Count; i++)
        {
            var cell = headed ? Clean(first[i]) : "";
            var name = cell.Length == 0 ? $"Column {i + 1}" : cell.Length > 100 ? cell[..100] : cell;
            for (var twin = 2; !seen.Add(name); twin++)
                name = $"{(cell.Length == 0 ? $"Column {i + 1}" : cell)} ({twin})";
            names.Add(name);
        }

        return names;
    }

    private static string Clean(string cell)
    {
        if (!cell.Any(char.IsControl) && !cell.Contains('\uFEFF', StringComparison.Ordinal))
            return cell;
        var clean = new StringBuilder(cell.Length);
        foreach (var letter in cell)
            clean.Append(char.IsControl(letter) ? ' ' : letter);
        return clean.Replace("\uFEFF", "").ToString().Trim();
    }
}
