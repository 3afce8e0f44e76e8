using Plura.Accounts.Contracts;

namespace Plura.Accounts;

/// <summary>
/// The one TXT record by which a domain lets the installation sign its mail. Everybody may see the key, and all domains publish the same one:
/// so the record also bears the agency's mark, and whoever only types the domain in has nothing.
/// </summary>
public static class MailDomainRecord
{
    public static string Name(PublishedMailKey key, string domain) => DkimRecord.Name(key.Selector, domain);

    public static string Text(PublishedMailKey key, Guid agency) => DkimRecord.Text(key.PublicKey, Mark(agency));

    public static bool Fits(IReadOnlyList<string> texts, PublishedMailKey key, Guid agency) => DkimRecord.Fits(texts, key.PublicKey, Mark(agency));

    private static string Mark(Guid agency) => $"plura-{agency:N}";
}
