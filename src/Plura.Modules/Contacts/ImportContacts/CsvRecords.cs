using System.Buffers;

namespace Plura.Contacts;

/// <summary>
/// Reads delimited text record by record in bounded memory. Lenient where spreadsheets are (stray quotes, ragged rows, any line end),
/// strict where data would be lost: a zero byte, a quote that never closes, a cell beyond the limit. It keeps the line number,
/// which the general parsers do not, so that every refusal says where to look.
/// </summary>
public sealed class CsvRecords
{
    /// <summary>More than any real address book holds in one cell; beyond it a quotation mark is missing somewhere.</summary>
    public const int LongestCell = 100_000;

    /// <summary>A row's length in characters: bounds the memory that one row may take.</summary>
    public const int LongestRow = 2_000_000;

    /// <summary>More columns than any export of contacts has.</summary>
    public const int MostCells = 1_000;

    private readonly TextReader text;
    private readonly char delimiter;
    private readonly SearchValues<char> unquotedStops;
    private readonly SearchValues<char> quotedStops = SearchValues.Create("\"\n\0");
    private readonly char[] buffer = new char[64 * 1024];
    private readonly List<int> ends = [];
    private readonly bool byRecord;
    private char[] record = new char[4096];
    private int length;
    private int position;
    private int filled;

    /// <param name="text">The table.</param>
    /// <param name="delimiter">What stands between two cells.</param>
    /// <param name="firstLine">The number of the first line.</param>
    /// <param name="byRecord">Number records, as a sheet numbers its rows, whatever line breaks their cells have.</param>
    public CsvRecords(TextReader text, char delimiter, int firstLine = 1, bool byRecord = false)
    {
        this.byRecord = byRecord;
        this.text = text;
        this.delimiter = delimiter;
        unquotedStops = SearchValues.Create([delimiter, '\r', '\n', '\0']);
        NextLine = firstLine;
    }

    /// <summary>The line on which the current record begins, counted from one as an editor does.</summary>
    public int Line { get; private set; }

    public int Count => ends.Count;

    private int NextLine { get; set; }

    public ReadOnlySpan<char> this[int cell]
    {
        get
        {
            if (cell >= ends.Count)
                return default;
            var start = cell == 0 ? 0 : ends[cell - 1];
            return record.AsSpan(start, ends[cell] - start);
        }
    }

    /// <summary>The next record with anything in it; false at the end. Spreadsheets export many rows of empty cells: they are no rows.</summary>
    /// <exception cref="UnreadableCsvException">The text cannot be read on, with a sentence and the line.</exception>
    public bool Read()
    {
        do
        {
            ends.Clear();
            length = 0;
            Line = NextLine;
            if (Peek() < 0)
                return false;
            Record();
        }
        while (record.AsSpan(0, length).IsWhiteSpace());
        return true;
    }

    private void Record()
    {
        while (true)
        {
            var start = length;
            if (Peek() == '"')
            {
                position++;
                Quoted(start);
            }

            Unquoted(start);
            ends.Add(length);
            if (ends.Count > MostCells)
                throw new UnreadableCsvException($"Line {Line} has more than {MostCells:N0} cells. Is this really a list of contacts, with one person on each line?", Line);
            var next = Peek();
            if (next >= 0)
                position++;
            if (next == delimiter)
                continue;
            if (next == '\r' && Peek() == '\n')
                position++;
            NextLine++;
            return;
        }
    }

    private void Unquoted(int start)
    {
        while (Peek() >= 0)
        {
            var rest = buffer.AsSpan(position, filled - position);
            var stop = rest.IndexOfAny(unquotedStops);
            Append(stop < 0 ? rest : rest[..stop], start);
            position += stop < 0 ? rest.Length : stop;
            if (stop < 0)
                continue;
            if (buffer[position] == '\0')
                throw ZeroByte();
            return;
        }
    }

    private void Quoted(int start)
    {
        var opened = NextLine;
        while (Peek() >= 0)
        {
            var rest = buffer.AsSpan(position, filled - position);
            var stop = rest.IndexOfAny(quotedStops);
            Append(stop < 0 ? rest : rest[..stop], start);
            position += stop < 0 ? rest.Length : stop;
            if (stop < 0)
                continue;
            switch (buffer[position++])
            {
                case '\0':
                    throw ZeroByte();
                case '\n':
                    NextLine += byRecord ? 0 : 1;
                    Append("\n", start);
                    break;
                default:
                    if (Peek() != '"')
                        return;
                    position++;
                    Append("\"", start);
                    break;
            }
        }

        throw new UnreadableCsvException($"The quotation mark that opens on line {opened:N0} is never closed. Close it, or remove it, and upload the file again.", opened);
    }

    private void Append(ReadOnlySpan<char> part, int start)
    {
        if (length - start + part.Length > LongestCell)
            throw new UnreadableCsvException($"Line {Line:N0} has a single cell of more than {LongestCell:N0} characters. A closing quotation mark may be missing there.", Line);
        if (length + part.Length > LongestRow)
            throw new UnreadableCsvException($"Line {Line:N0} has more than {LongestRow:N0} characters. A closing quotation mark may be missing there.", Line);
        if (length + part.Length > record.Length)
            Array.Resize(ref record, Math.Max(record.Length * 2, length + part.Length));
        part.CopyTo(record.AsSpan(length));
        length += part.Length;
    }

    private int Peek()
    {
        if (position < filled)
            return buffer[position];
        position = 0;
        filled = text.Read(buffer);
        return filled > 0 ? buffer[0] : -1;
    }

    private UnreadableCsvException ZeroByte() =>
        new($"Line {NextLine:N0} contains a zero byte, which is not text. Export the list again as CSV, or save it as “CSV UTF-8” in your spreadsheet program.", NextLine);
}

/// <summary>A file that cannot be read as a table. The message is for the person who uploaded it.</summary>
public sealed class UnreadableCsvException(string sentence, int? line = null) : Exception(sentence)
{
    public int? Line { get; } = line;
}
