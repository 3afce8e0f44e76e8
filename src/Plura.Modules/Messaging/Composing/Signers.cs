using Plura.Accounts.Contracts;

namespace Plura.Messaging;

/// <summary>
/// Whose domain signs a letter: that of the account's own agency where the letter comes from it or from below it. The operator's account writes
/// for every agency, so there it is whichever has the domain. Nobody's letter is signed with the domain of somebody else.
/// </summary>
public sealed class Signers(IAccountDirectory accounts, IAgencyBrands brands)
{
    /// <summary>Null leaves it to the installation's own domain. Asked once for each compiled letter.</summary>
    public async Task<string?> Of(AccountCard account, string fromEmail, CancellationToken ct)
    {
        var domain = fromEmail[(fromEmail.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant();
        if (account.MailDomain is { } own && (domain == own || domain.EndsWith("." + own, StringComparison.Ordinal)))
            return own;
        return (await accounts.Operator(ct)).Id == account.Id && await brands.IsMailDomain(domain, ct) ? domain : null;
    }
}
