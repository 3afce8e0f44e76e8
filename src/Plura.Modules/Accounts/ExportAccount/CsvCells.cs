using System.Buffers;

namespace Plura.Accounts;

/// <summary>A line of RFC 4180 in which no cell is run as a formula: before what a spreadsheet would calculate stands an apostrophe.</summary>
public static class CsvCells
{
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789 .,()/");

    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell));

    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        // A telephone number and a number below zero keep their sign: nothing is calculated with them.
        var number = value[0] is '+' or '-' && value.Length > 1 && value.AsSpan(1).IndexOfAnyExcept(InNumbers) < 0;
        if (!number && (value[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n'))
            value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
