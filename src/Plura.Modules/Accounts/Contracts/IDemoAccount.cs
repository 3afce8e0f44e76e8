namespace Plura.Accounts.Contracts;

/// <summary>The demo's account and its owner, for whoever fills it with a story.</summary>
public interface IDemoAccount
{
    /// <summary>Its word in addresses.</summary>
    const string Slug = "demo";

    /// <summary>Finds or makes the account with slug <c>demo</c> and its confirmed owner (through the sign-up handler).</summary>
    Task<AccountCard> Ensure(string business, string country, string timeZone, string postalAddress, CancellationToken ct);
}

/// <summary>The accounts in which everybody may play: letters of theirs never leave the installation, whatever mail server it has.</summary>
public interface IDemoAccounts
{
    ValueTask<bool> Has(Guid account, CancellationToken ct);
}
