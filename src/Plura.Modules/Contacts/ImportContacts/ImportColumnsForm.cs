using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plura.Contacts.Data;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>
/// The form on which columns are chosen, read by hand: a list has as many columns as it has, and the form mapper stops at a hundred.
/// Everything typed comes back when something is refused.
/// </summary>
public static class ImportColumnsForm
{
    public static StartImport From(Import import) => new()
    {
        Id = import.Id,
        Mapping = [.. import.ReadMapping()],
        Tags = [.. import.ReadTags()],
        Policy = import.Policy,
        Attestation = import.ReadAttestation().ToDictionary(
            a => a.Key, a => new AttestedChannel { Source = a.Value.Source, Wording = a.Value.Wording, Date = a.Value.Date }, StringComparer.Ordinal),
    };

    public static StartImport Read(IFormCollection form, int columns, Guid id)
    {
        var read = new StartImport { Id = id, DryRun = true, Policy = form["Policy"].ToString() };
        for (var i = 0; i < columns; i++)
        {
            var target = form[$"Mapping[{i}]"].ToString();
            read.Mapping.Add(target == ColumnTarget.New ? NewField(form, i) : target);
        }

        read.Tags = [.. form["Tags"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        foreach (var channel in (string[])[Channels.Email, Channels.Sms])
        {
            if (form[$"Attest[{channel}]"].Count == 0)
                continue;
            read.Attestation[channel] = new AttestedChannel
            {
                Source = form[$"Attestation[{channel}].Source"].ToString(),
                Wording = form[$"Attestation[{channel}].Wording"].ToString(),
                Date = DateOnly.TryParseExact(form[$"Attestation[{channel}].Date"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
            };
        }

        return read;
    }

    private static string NewField(IFormCollection form, int column)
    {
        var (label, kind, privacy) = (form[$"NewField[{column}]"].ToString().Trim(), form[$"NewKind[{column}]"].ToString(), form[$"NewPrivacy[{column}]"].ToString());
        // What was not on the form is as usual; what was, is checked like any other target.
        return new ColumnTarget(ColumnTarget.New, label.Length == 0 ? " " : label, kind == CustomField.Text ? "" : kind, privacy == FieldPrivacy.Personal ? "" : privacy).ToString();
    }
}
