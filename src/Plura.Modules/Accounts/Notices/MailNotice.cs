using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Writes a notice to those of the account's people who want its kind by mail.</summary>
public sealed record MailNotice(Guid NoticeId) : IJob;

[Work("News from the account by e-mail")]
public sealed class MailNoticeJobHandler(PluraDb db, Tenant tenant, NoticeBook book, IServiceScopeFactory scopes) : IJobHandler<MailNotice>
{
    public async Task Run(MailNotice job, CancellationToken ct)
    {
        if (await db.Notices.AsNoTracking().FirstOrDefaultAsync(n => n.Id == job.NoticeId, ct) is not { } notice)
            return;
        var readers = await Readers(notice.Kind, notice.UserId, ct);
        if (readers.Count == 0)
            return;
        var account = await db.Accounts.Where(a => a.Id == tenant.Id).Select(a => new { a.Slug, a.Name }).FirstAsync(ct);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = notice.Title ?? notice.Text,
            ["text"] = notice.Text,
            ["account"] = account.Name,
            ["path"] = $"/a/{account.Slug}{(notice.Link is { } link ? "/" + link : "")}",
        };
        // Outside the account: a letter of the installation that does not go out is the installation's failure, and must not become news of the account again.
        await using var scope = scopes.CreateAsyncScope();
        var mail = scope.ServiceProvider.GetRequiredService<ISystemMail>();
        foreach (var reader in readers)
            mail.Post(new SystemLetter("notice", reader, notice.Id, ToOperator: false, facts));
        await scope.ServiceProvider.GetRequiredService<PluraDb>().SaveChangesAsync(ct);
    }

    private async Task<List<Guid>> Readers(string kind, Guid? only, CancellationToken ct)
    {
        var users = db.Users;
        var people = await db.Memberships.Where(m => m.AccountId == tenant.Id && (only == null || m.UserId == only))
            .Join(users.Where(u => u.EmailConfirmed), m => m.UserId, u => u.Id, (m, _) => new { m.UserId, m.Role }).ToListAsync(ct);
        var chosen = await db.NoticeChoices.Where(c => c.Kind == kind).ToDictionaryAsync(c => c.UserId, c => c.ByMail, ct);
        return [.. people.Where(p => chosen.TryGetValue(p.UserId, out var byMail) ? byMail : book.MailsByItself(kind, p.Role)).Select(p => p.UserId)];
    }
}

/// <summary>The kinds of news that the modules tell, and what holds until somebody chooses.</summary>
public sealed class NoticeBook(IEnumerable<NoticeKind> kinds)
{
    public IReadOnlyList<NoticeKind> Kinds { get; } = [.. kinds.OrderBy(k => k.Text, StringComparer.Ordinal)];

    public bool MailsByItself(string kind, string role) => role == Membership.Owner && Kinds.Any(k => k.Kind == kind && k.MailToOwners);
}
