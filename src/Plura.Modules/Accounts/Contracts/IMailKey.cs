namespace Plura.Accounts.Contracts;

/// <summary>The key with which the installation signs its mail. One key signs for every domain that publishes its public half.</summary>
public interface IMailKey
{
    /// <summary>What a domain has to publish; null where the installation has no key that could be used.</summary>
    PublishedMailKey? Published();
}

/// <param name="Selector">The record stands at <c>{selector}._domainkey.{domain}</c>.</param>
/// <param name="PublicKey">In base64, as it stands in the record behind <c>p=</c>.</param>
public sealed record PublishedMailKey(string Selector, string PublicKey);
