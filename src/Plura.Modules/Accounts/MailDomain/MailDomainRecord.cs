using Plura.Accounts.Contracts;

namespace Plura.Accounts;

/// <summary>
/// The one TXT record by which a domain lets the installation sign its mail. Everybody may see the key, and all domains publish the same one:
/// so the record also bears the agency's mark (a note, which receivers of mail pass over), and whoever only types the domain in has nothing.
/// </summary>
public static class MailDomainRecord
{
    public static string Name(PublishedMailKey key, string domain) => $"{key.Selector}._domainkey.{domain}";

    public static string Text(PublishedMailKey key, Guid agency) => $"v=DKIM1; k=rsa; n={Mark(agency)}; p={key.PublicKey}";

    /// <summary>Whether this is what stands there. Of several records receivers may take any, so there must be one.</summary>
    public static bool Fits(IReadOnlyList<string> texts, PublishedMailKey key, Guid agency)
    {
        if (texts is not [var text])
            return false;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in text.Split(';'))
        {
            if (tag.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                tags[tag[..at].Trim()] = string.Concat(tag[(at + 1)..].Where(c => !char.IsWhiteSpace(c)));
        }

        return tags.GetValueOrDefault("v", "DKIM1") == "DKIM1" && tags.GetValueOrDefault("k", "rsa") == "rsa"
            && tags.GetValueOrDefault("h", "sha256").Split(':').Contains("sha256", StringComparer.Ordinal)
            && tags.GetValueOrDefault("n") == Mark(agency) && tags.GetValueOrDefault("p") == key.PublicKey;
    }

    private static string Mark(Guid agency) => $"plura-{agency:N}";
}
