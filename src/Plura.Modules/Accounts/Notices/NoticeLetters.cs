using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>
/// Notices as letters of the installation. What is posted holds the account alone: the words are fetched when the letter is written, in the sight of whoever gets
/// it, and a letter that is moot by then is not sent.
/// </summary>
public sealed class NoticeLetters(PluraDb db, Tenant tenant, IServiceScopeFactory scopes, NoticeReaders readers)
{
    /// <summary>One notice; its occasion is the notice.</summary>
    public const string One = "notice";

    /// <summary>The letter of the day; its occasion is the digest.</summary>
    public const string Day = "notice_digest";

    private const int MostLines = 30;

    public async Task Post(string kind, Guid user, Guid occasion, CancellationToken ct)
    {
        var (id, accounts) = (tenant.Id, db.Accounts);
        var account = await accounts.Where(a => a.Id == id).Select(a => a.Name).FirstAsync(ct);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = account, [SystemLetter.AboutAccount] = id.ToString() };
        // Outside the account: a letter of the installation that does not go out is the installation's failure, and must not become news of the account again.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ISystemMail>().Post(new SystemLetter(kind, user, occasion, ToOperator: false, facts));
        await scope.ServiceProvider.GetRequiredService<PluraDb>().SaveChangesAsync(ct);
    }

    public async Task<AccountLetter?> OfOne(Guid account, Guid user, Guid notice, CancellationToken ct)
    {
        if ((await readers.For(account, user, [notice], ct)).SingleOrDefault() is not { } told)
            return null;
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["title"] = told.Title, ["text"] = told.Text };
        return new AccountLetter(await Page(account, told.Link, ct)) { Words = words };
    }

    public async Task<AccountLetter?> OfDay(Guid account, Guid user, Guid digest, CancellationToken ct)
    {
        var told = await readers.For(account, user, await Gathered(account, digest, ct), ct);
        if (told.Count == 0)
            return null;
        var lines = told.Take(MostLines).Select(t => "• " + t.Text).ToList();
        if (told.Count > MostLines)
            lines.Add($"• and {told.Count - MostLines} more");
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["count"] = Say.Count(told.Count, "piece of news", "pieces of news"), ["lines"] = string.Join('\n', lines) };
        return new AccountLetter(await Page(account, null, ct)) { Words = words };
    }

    private async Task<List<Guid>> Gathered(Guid account, Guid digest, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        return await scope.ServiceProvider.GetRequiredService<PluraDb>().NoticeDeliveries.Where(d => d.DigestId == digest).Select(d => d.NoticeId).ToListAsync(ct);
    }

    private async Task<string> Page(Guid account, string? link, CancellationToken ct)
    {
        var slug = await db.Accounts.Where(a => a.Id == account).Select(a => a.Slug).FirstAsync(ct);
        return $"/a/{slug}{(link is null ? "" : "/" + link)}";
    }
}
