using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>What a person decides about an uploaded list: where its columns go, tags, what wins, and the permission they hold.</summary>
public record ImportChoices
{
    /// <summary>One target per column, in the file's order (see <see cref="ColumnTarget"/>).</summary>
    public List<string> Mapping { get; set; } = [];

    /// <summary>Tags for every contact of the file.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary><c>fill</c> or <c>overwrite</c>.</summary>
    [AllowedValues(Import.Fill, Import.Overwrite, ErrorMessage = "Choose whether the file or what you already have wins.")]
    public string Policy { get; set; } = Import.Fill;

    /// <summary>By channel (<c>email</c>, <c>sms</c>); a channel that is missing gets no permission.</summary>
    public Dictionary<string, AttestedChannel> Attestation { get; set; } = new(StringComparer.Ordinal);

    /// <summary>True to count only.</summary>
    public bool DryRun { get; set; } = true;

    /// <summary>What is wrong with the choices, each sentence beside its field: <c>Mapping[2]</c>, <c>Attestation[email].Source</c>.</summary>
    public Refusal? Check(IReadOnlyList<CustomField> fields, DateOnly today)
    {
        var wrong = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (column, sentence) in ImportPlan.Check(Mapping, fields))
            wrong[$"Mapping[{column}]"] = [sentence];
        if (!Mapping.Exists(t => ColumnTarget.Parse(t)?.Kind is ColumnTarget.Email or ColumnTarget.Phone))
            wrong["Mapping"] = ["Say which column holds the e-mail address or the phone number: without one, nobody can be told from another."];
        if (TagBook.Check(Tags) is { } tags)
            wrong["Tags"] = [tags.Text];
        foreach (var (channel, word) in Attestation)
            word.Check(channel, today, wrong);
        return wrong.Count == 0 ? null : new Refusal(RefusalKind.Invalid, "import.choices", wrong.Values.First()[0]) { Fields = wrong };
    }

    public IReadOnlyDictionary<string, ChannelAttestation> Attested() => Attestation.ToDictionary(
        a => a.Key, a => new ChannelAttestation(a.Value.Source!.Trim(), a.Value.Wording!.Trim(), a.Value.Date!.Value), StringComparer.Ordinal);
}

/// <summary>The account's word that it holds a permission: where the list comes from, the exact words, and when.</summary>
public sealed record AttestedChannel
{
    public string? Source { get; set; }

    public string? Wording { get; set; }

    public DateOnly? Date { get; set; }

    internal void Check(string channel, DateOnly today, Dictionary<string, string[]> wrong)
    {
        var name = $"Attestation[{channel}].";
        if (channel is not (Channels.Email or Channels.Sms))
            wrong[name + nameof(Source)] = [$"“{channel}” is no channel. Permission is recorded for email and for sms."];
        if (string.IsNullOrWhiteSpace(Source) || Source.Length > 200)
            wrong[name + nameof(Source)] = ["Say in at most 200 characters where these people gave you their permission, for example “Sign-up sheet at the front desk”."];
        if (string.IsNullOrWhiteSpace(Wording) || Wording.Length > 5000)
            wrong[name + nameof(Wording)] = ["Write the exact words that these people agreed to."];
        if (Date is null || Date > today || Date.Value.Year < 1990)
            wrong[name + nameof(Date)] = ["Say when they agreed: a date in the past. For a list that grew over time, the latest one."];
    }
}
