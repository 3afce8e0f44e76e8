using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;

namespace Plura.Conversations;

/// <summary>
/// To which address an account's mail comes in: its slug at the host that <c>Email__Inbound__Host</c> names. In development that is
/// <c>inbox.test</c>; without a host nothing comes in, and answers go to the account's own sender address. The operator's published address is their account's too.
/// </summary>
public sealed class InboundMail(IConfiguration configuration, IHostEnvironment environment, IAccountDirectory accounts)
{
    public string? Host { get; } = InboundHost.Of(configuration, environment);

    public string? AddressOf(AccountCard account) => Host is null ? null : $"{account.Slug}@{Host}";

    /// <summary>The account whose address it is; what stands behind a plus does not count. Null where there is none, or it was closed.</summary>
    public async Task<AccountCard?> AccountOf(string address, CancellationToken ct)
    {
        // Their published address, whose mailbox is fetched or forwarded here.
        if (configuration["Plura:Operator:Email"] is { Length: > 0 } published && address.Trim().Equals(published.Trim(), StringComparison.OrdinalIgnoreCase))
            return await accounts.Operator(ct);
        var at = address.LastIndexOf('@');
        if (Host is null || at <= 0 || !address[(at + 1)..].Trim().Equals(Host, StringComparison.OrdinalIgnoreCase))
            return null;
        // Mail to those who run the installation: their own account, of which nobody else can take the name.
        if (address[..at].Split('+')[0].Trim().Equals("support", StringComparison.OrdinalIgnoreCase))
            return await accounts.Operator(ct);
        var slug = address[..at].Split('+')[0].Trim().ToLowerInvariant();
        return slug.Length > 0 && await accounts.AccountBySlug(slug, ct) is { Closed: false } account ? account : null;
    }
}
