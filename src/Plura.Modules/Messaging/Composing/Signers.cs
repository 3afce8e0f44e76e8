using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Whose domain signs a letter: one that the account has proven where the letter comes from it or from below it, else that of the account's agency,
/// else the installation's own. The operator's account writes for every agency, so there it is whichever has the domain. Nobody's letter is signed
/// with the domain of somebody else.
/// </summary>
public sealed class Signers(IAccountDirectory accounts, IAgencyBrands brands, ProvenDomains proven, DkimKeys keys)
{
    /// <summary>Null leaves it unsigned. Asked once for each compiled letter.</summary>
    public async Task<LetterSigner?> Of(AccountCard account, string fromEmail, CancellationToken ct)
    {
        var domain = DomainNames.Of(fromEmail);
        if (await proven.Signer(domain, ct) is { } own)
            return own;
        if (account.MailDomain is { } agencys && DomainNames.IsIn(domain, agencys))
            return keys.For(agencys);
        return (await accounts.Operator(ct)).Id == account.Id && await brands.IsMailDomain(domain, ct) ? keys.For(domain) : keys.Own;
    }
}
