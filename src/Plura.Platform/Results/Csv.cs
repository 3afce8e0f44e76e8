using System.Buffers;
using System.Text;

namespace Plura.Platform;

/// <summary>
/// Files of comma-separated values (RFC 4180) that spreadsheet programs open: with a byte-order mark, by which they know UTF-8, and without a cell that
/// they would run as a formula: an apostrophe in front makes it text.
/// </summary>
public static class Csv
{
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789 .,()/");

    /// <summary>Leaves the stream open.</summary>
    public static StreamWriter Writer(Stream output) => new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };

    /// <param name="cells">Their values.</param>
    /// <param name="numbers">As for <see cref="Harmless"/>.</param>
    public static string Line(IEnumerable<string?> cells, bool numbers = true) => string.Join(',', cells.Select(c => Cell(c, numbers)));

    public static string Cell(string? value, bool numbers = true) => Quoted(Harmless(value ?? "", numbers), ',');

    public static string Quoted(string cell, char separator) =>
        cell.Contains(separator, StringComparison.Ordinal) || cell.AsSpan().ContainsAny('"', '\r', '\n') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <param name="cell">What would stand in the file.</param>
    /// <param name="numbers">A telephone number and a number below zero keep their sign: nothing is calculated with them.</param>
    public static string Harmless(string cell, bool numbers = true)
    {
        if (cell.Length == 0 || cell[0] is not ('=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n'))
            return cell;
        return numbers && cell.Length > 1 && cell[0] is ('+' or '-') && cell.AsSpan(1).IndexOfAnyExcept(InNumbers) < 0 ? cell : "'" + cell;
    }
}
