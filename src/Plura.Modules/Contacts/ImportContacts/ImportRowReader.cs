using System.Globalization;
using System.Text;
using Plura.Contacts.Data;
using Plura.Privacy.Contracts;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>Turns a record of the file into a row, or says in a sentence why it cannot.</summary>
public sealed class ImportRowReader(ImportPlan plan, string region, DateOnly today, IAddressKeys keys)
{
    private static readonly HashSet<string> Nothings = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "---", "n/a", "na", "#n/a", "none", "null", "nil", "(null)", "keine", "kein", "k.a.", "unknown", "unbekannt", "aucun", "ninguno", "x", "?", "0",
    };

    /// <summary>The row; or null and the reason.</summary>
    public ImportRow? Read(CsvRecords record, int number, out string? problem)
    {
        problem = null;
        var row = new ImportRow { Number = number, Line = record.Line };
        string? full = null;
        for (var i = 0; i < record.Count; i++)
        {
            var cell = record[i].Trim();
            if (cell.IsEmpty)
                continue;
            if (i >= plan.Targets.Count)
            {
                problem ??= $"This row has {record.Count} cells, but there are {plan.Targets.Count} columns. A quotation mark or a separator may be missing.";
                continue;
            }

            var target = plan.Targets[i];
            if (target.Kind == ColumnTarget.Ignore)
                continue;
            if (cell.Contains('\uFFFD'))
                problem ??= "Some letters cannot be read: they are not in the encoding of the rest of the file.";
            problem ??= Take(row, target, i, cell, ref full);
        }

        if (problem is not null)
            return null;
        if (full is not null)
            Split(row, full);
        problem = row.Addresses.Count == 0
            ? "There is neither an e-mail address nor a phone number, so this person could not be told from others."
            : row.First.Length > 100 || row.Last.Length > 100 ? "The name is longer than 100 characters."
            : row.Company.Length > 200 ? "The company's name is longer than 200 characters."
            : row.Addresses.Count > 2 * AddressReader.MostAddresses ? "There are too many addresses for one person." : null;
        return problem is null ? row : null;
    }

    private string? Take(ImportRow row, ColumnTarget target, int column, ReadOnlySpan<char> cell, ref string? full)
    {
        switch (target.Kind)
        {
            case ColumnTarget.Email:
                return Email(row, cell);
            case ColumnTarget.Phone:
                Phone(row, cell);
                return null;
            case ColumnTarget.FirstName:
                row.First = Line(cell);
                return null;
            case ColumnTarget.LastName:
                row.Last = Line(cell);
                return null;
            case ColumnTarget.FullName:
                full = Line(cell);
                return null;
            case ColumnTarget.Company:
                row.Company = Line(cell);
                return null;
            case ColumnTarget.ExternalId:
                row.ExternalId = Line(cell);
                return row.ExternalId.Length > 200 ? "The id of the old system is longer than 200 characters." : null;
            case ColumnTarget.Tags:
                return Tags(row, cell);
            case var kind when ColumnTarget.Details.TryGetValue(kind, out var detail):
                Detail(row, kind, detail, Line(cell));
                return null;
            default:
                // A field that was taken away since the columns were chosen takes nothing.
                if (plan.Fields.TryGetValue(column, out var field))
                    Field(row, field, cell);
                return null;
        }
    }

    private string? Email(ImportRow row, ReadOnlySpan<char> cell)
    {
        var text = cell.ToString();
        if (Nothings.Contains(text))
            return null;
        if (text.EndsWith('>') && text.LastIndexOf('<') is >= 0 and var open)
            text = text[(open + 1)..^1].Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            text = text[7..];
        foreach (var part in text.Contains('@', StringComparison.Ordinal) ? text.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text])
        {
            if (AddressForms.Email(part) is not { } normal)
                return $"“{Short(part)}” is not an e-mail address.";
            Add(row, new ReadAddress(ContactPoint.Email, part, normal, keys.Of(Channels.Email, normal)));
        }

        return null;
    }

    private void Phone(ImportRow row, ReadOnlySpan<char> cell)
    {
        // Spreadsheets put an apostrophe before numbers to keep their zeros.
        var text = cell.TrimStart('\'').ToString();
        if (Nothings.Contains(text))
            return;
        if (AddressForms.Phone(text, region) is { } normal)
            Add(row, new ReadAddress(ContactPoint.Phone, text, normal, keys.Of(Channels.Sms, normal)));
        else
            Note(row, $"“{Short(text)}” is not a phone number, so it was left out.");
    }

    private static string? Tags(ImportRow row, ReadOnlySpan<char> cell)
    {
        foreach (var part in cell.ToString().Split([',', ';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var tag = Line(part.Trim('"', ' '));
            if (tag.Length > TagBook.Longest)
                return $"The tag “{Short(tag)}” is longer than {TagBook.Longest} characters.";
            if (tag.Length > 0 && !row.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
                row.Tags.Add(tag);
        }

        return null;
    }

    private void Field(ImportRow row, CustomField field, ReadOnlySpan<char> cell)
    {
        var text = cell.ToString();
        if (FieldValues.Written(field, text, region) is { } written)
            row.Fields[field.Key] = written;
        else if (Foreign(field.Kind, text) is { } read && FieldValues.Written(field, read, region) is { } rewritten)
            row.Fields[field.Key] = rewritten;
        else
            Note(row, $"“{Short(text)}” does not fit the field “{field.Label}”, so it was left out.");
    }

    private void Detail(ImportRow row, string kind, string column, string text)
    {
        var most = kind switch { ColumnTarget.Street => 200, ColumnTarget.PostalCode => 20, _ => 100 };
        var written = kind switch
        {
            ColumnTarget.Country => Places.Country(text),
            ColumnTarget.TimeZone => NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(text)?.Id,
            ColumnTarget.DateOfBirth => PersonDetails.Day(FieldBook.Date(text) ?? ForeignValues.Day(text, region) ?? "", today)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => text.Length <= most ? text : null,
        };
        if (written is not null)
            row.Details[column] = written;
        else
            Note(row, $"“{Short(text)}” is no {Words(kind)}, so it was left out.");
    }

    private static string Words(string kind) => kind switch
    {
        ColumnTarget.Country => "country we know",
        ColumnTarget.TimeZone => "time zone",
        ColumnTarget.DateOfBirth => "date of birth",
        _ => "such part of an address",
    };

    /// <summary>Dates and numbers as people write them in the account's country.</summary>
    private string? Foreign(string kind, string text)
    {
        return kind switch
        {
            CustomField.Number or CustomField.Money => ForeignValues.Number(text),
            CustomField.Date => ForeignValues.Day(text, region),
            CustomField.Checkbox => ForeignValues.Checkbox(text),
            _ => null,
        };
    }

    private static void Split(ImportRow row, string full)
    {
        var comma = full.IndexOf(',', StringComparison.Ordinal);
        var (first, last) = comma > 0 ? (full[(comma + 1)..], full[..comma])
            : full.LastIndexOf(' ') is > 0 and var space ? (full[..space], full[(space + 1)..])
            : (full, "");
        if (row.First.Length == 0)
            row.First = first.Trim();
        if (row.Last.Length == 0)
            row.Last = last.Trim();
    }

    /// <summary>One line without control characters: a line break in a name would break a list or a mail header.</summary>
    private static string Line(ReadOnlySpan<char> cell)
    {
        if (!cell.ContainsAnyInRange('\0', '\x1F') && !cell.ContainsAnyInRange('\x7F', '\x9F'))
            return cell.ToString();
        var line = new StringBuilder(cell.Length);
        foreach (var letter in cell)
            line.Append(char.IsControl(letter) ? ' ' : letter);
        return line.ToString().Trim();
    }

    private static void Add(ImportRow row, ReadAddress address)
    {
        if (!row.Addresses.Exists(a => a.Kind == address.Kind && a.Normal == address.Normal))
            row.Addresses.Add(address);
    }

    private static void Note(ImportRow row, string note) => row.Note = row.Note is null ? note : $"{row.Note} {note}";

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
