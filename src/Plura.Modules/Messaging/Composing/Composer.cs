using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Compiles stored contents of the scope's account.</summary>
public sealed class Composer(PluraDb db, IAccountDirectory accounts, PublicLinks links, Signers signers, ReturnAddresses returns) : IComposer
{
    public async Task<ICompiledLetter> Compile(Guid contentId, CancellationToken ct)
    {
        var stored = await db.Contents.AsNoTracking().SingleAsync(c => c.Id == contentId, ct);
        var tracked = await db.ContentLinks.Where(l => l.ContentId == contentId).ToDictionaryAsync(l => l.Url, l => l.Number, StringComparer.Ordinal, ct);
        var content = stored.Letter();
        var card = await Card(accounts, db.Tenant.Id, ct);
        var account = Of(card, content.FromName);
        var source = LetterSource.Of(content, account, links.PublicUrl, tracked);
        return new CompiledLetter(content, source, tracked.Count, account, db.Tenant.Id, contentId, returns, links, await signers.Of(card, content.FromEmail, ct));
    }

    /// <summary>What a letter says of its sender; an address of several lines becomes one.</summary>
    internal static async Task<MergeAccount> Account(IAccountDirectory accounts, Guid tenantId, string senderName, CancellationToken ct) => Of(await Card(accounts, tenantId, ct), senderName);

    private static async Task<AccountCard> Card(IAccountDirectory accounts, Guid tenantId, CancellationToken ct) =>
        await accounts.Account(tenantId, ct) ?? throw new InvalidOperationException("A letter's account does not exist.");

    private static MergeAccount Of(AccountCard card, string senderName)
    {
        var address = card.PostalAddress is { } lines
            ? string.Join(", ", lines.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.TrimEnd(',')))
            : null;
        return new MergeAccount(card.Name, senderName, address)
        {
            Phone = card.Phone,
            Website = card.Website?[(card.Website.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/'),
        };
    }
}
