using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// What a domain has said about mail that bears its name, found by the tree walk of RFC 9989 §4.10: the domain itself, then each one above it, never more than eight questions.
/// </summary>
public sealed class DmarcWalk(IDnsTexts dns)
{
    private const int Most = 8;

    /// <summary>Null where the name system could not be asked.</summary>
    public async Task<DmarcAnswer?> Of(string domain, CancellationToken ct)
    {
        var labels = domain.TrimEnd('.').ToLowerInvariant().Split('.');
        var found = new List<DmarcRecord>();
        for (var from = 0; from < labels.Length; from = Next(from, labels.Length))
        {
            var name = string.Join('.', labels[from..]);
            if (await dns.Texts("_dmarc." + name, ct) is not { } texts)
                return null;
            // Several records are none: nobody can tell which is meant.
            if (texts.Select(text => DmarcRecord.Read(name, text)).OfType<DmarcRecord>().ToList() is not [var record])
                continue;
            found.Add(record);
            if (record.PublicSuffix is not null)
                break;
        }

        var organization = Organization(domain, labels, found);
        var own = found.Find(r => r.Domain == domain) ?? found.Find(r => r.Domain == organization) ?? found.LastOrDefault();
        return new DmarcAnswer(organization, own, own is null ? null : own.Domain == domain ? own.Policy : own.SubdomainPolicy ?? own.Policy);
    }

    /// <summary>A name of very many labels is shortened to seven after the first question.</summary>
    private static int Next(int from, int labels) => from == 0 && labels > Most ? labels - (Most - 1) : from + 1;

    /// <summary>One label below a public suffix; a domain that says it is none; else the highest that says anything; without any the domain itself.</summary>
    private static string Organization(string domain, string[] labels, List<DmarcRecord> found) => found.LastOrDefault() switch
    {
        null => domain,
        { PublicSuffix: true } suffix when suffix.Domain != domain => string.Join('.', labels[^(suffix.Domain.Split('.').Length + 1)..]),
        var highest => highest.Domain,
    };
}

/// <param name="Organization">The domain by which two names are known to be one sender's.</param>
/// <param name="Record">The record that holds for the domain; null where none does.</param>
/// <param name="Policy"><c>none</c>, <c>quarantine</c> or <c>reject</c>: what receivers are asked to do with letters that fail.</param>
public sealed record DmarcAnswer(string Organization, DmarcRecord? Record, string? Policy);

/// <param name="Domain">Where it stands.</param>
/// <param name="Policy">The tag p.</param>
/// <param name="SubdomainPolicy">The tag sp.</param>
/// <param name="Strict">The tag adkim: the signature has to be of the very domain.</param>
/// <param name="PublicSuffix">The tag psd: y or n; null where it is not said.</param>
public sealed record DmarcRecord(string Domain, string Policy, string? SubdomainPolicy, bool Strict, bool? PublicSuffix)
{
    /// <summary>Null where the text is no DMARC record.</summary>
    public static DmarcRecord? Read(string domain, string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts[0].Replace(" ", "", StringComparison.Ordinal) != "v=DMARC1")
            return null;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(1))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
                tags.TryAdd(name.ToLowerInvariant(), value.ToLowerInvariant());
        }

        return new DmarcRecord(domain, Known(tags.GetValueOrDefault("p")) ?? "none", Known(tags.GetValueOrDefault("sp")), tags.GetValueOrDefault("adkim") == "s", tags.GetValueOrDefault("psd") switch { "y" => true, "n" => false, _ => null });
    }

    private static string? Known(string? policy) => policy is "none" or "quarantine" or "reject" ? policy : null;
}
