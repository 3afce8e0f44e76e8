using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// Outside any account: finds out which letter a report is about. The address that it came to says so; else the letter's own signed marks, where the
/// report gives them back; else its Message-ID, in the account whose address or whose marketing it was.
/// </summary>
internal sealed class MailReports(ReturnAddresses returns, PublicLinks links, IAccountDirectory accounts, IServiceScopeFactory scopes) : IMailReports
{
    public ReturnAddress? Read(string address) => returns.Read(address);

    public async Task<Result<ReportReceipt>?> Take(MimeMessage mail, IReadOnlyList<string> to, Guid? account, CancellationToken ct)
    {
        if (ReportReader.Read(mail) is not { } report)
            return null;
        if (report.End is not { } end)
            return Refusal.Invalid("mail.unknown_report", "A mail server reports something that we do not understand.");
        var named = to.Select(returns.Read).FirstOrDefault(r => r is not null) ?? Named(report.Letter);
        if (named is { Signed: false })
            return Refusal.Invalid("mail.forged_report", "It says that a letter came back, but its address was not made here.");
        named ??= Linked(report.Letter) ?? Known(report.Letter, account);
        if (named is null && report.Doubtful)
            return null;
        if (named is null || await accounts.Account(named.AccountId, ct) is null)
            return end == ReportEnd.Nothing ? new ReportReceipt(account ?? Guid.Empty, Guid.Empty, Reported.Nothing) : Missing;
        return await In(named.AccountId, services => Settle(services, named, end, report, ct));
    }

    public Task<Guid?> ReaderOf(Guid account, Guid send, CancellationToken ct) =>
        In(account, services => services.GetRequiredService<PluraDb>().Sends.Where(s => s.Id == send).Select(s => (Guid?)s.ContactId).FirstOrDefaultAsync(ct));

    private static Refusal Missing => Refusal.NotFound("mail.unknown_letter", "A mail server reports about a letter that we cannot find.");

    /// <summary>What the report gives back of the envelope or of our own header.</summary>
    private ReturnAddress? Named(ReturnedHeaders letter) => returns.Read(letter.Returns) ?? returns.ReadToken(letter.Token);

    /// <summary>The link for unsubscribing carries account and send under a signature of its own.</summary>
    private ReturnAddress? Linked(ReturnedHeaders letter)
    {
        var text = letter.Unsubscribe ?? "";
        var at = text.IndexOf("/u/", StringComparison.Ordinal);
        var token = at < 0 ? null : string.Concat(text[(at + 3)..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        return links.Read(token, LinkKind.Unsubscribe) is { } link ? new ReturnAddress(link.TenantId, link.SendId, Signed: true) : null;
    }

    /// <summary>A Message-ID begins with the send's id, which nobody guesses.</summary>
    private static ReturnAddress? Known(ReturnedHeaders letter, Guid? account)
    {
        account ??= letter.FeedbackId?.Split(':') is [_, var named, ..] && Guid.TryParse(named.Trim(), out var theirs) ? theirs : null;
        return account is { } whose && Guid.TryParse(letter.MessageId?.Split('@')[0], out var send) ? new ReturnAddress(whose, send, Signed: true) : null;
    }

    private static async Task<Result<ReportReceipt>> Settle(IServiceProvider services, ReturnAddress letter, ReportEnd end, MailReport report, CancellationToken ct)
    {
        var settled = end switch
        {
            ReportEnd.Nothing => Result.Done,
            ReportEnd.Complained => await services.GetRequiredService<SpamReports>().Take(letter.SendId, report, ct),
            _ => await services.GetRequiredService<ReturnedLetters>().Settle(letter.SendId, end, report.Code, report.Words, ct),
        };
        return settled.Refusal is { } refusal ? refusal : new ReportReceipt(letter.AccountId, letter.SendId, What(end));
    }

    private static string What(ReportEnd end) => end switch
    {
        ReportEnd.Complained => Reported.Complained,
        ReportEnd.Delayed => Reported.Delayed,
        ReportEnd.Delivered => Reported.Delivered,
        ReportEnd.Nothing => Reported.Nothing,
        _ => Reported.Bounced,
    };

    private async Task<T> In<T>(Guid account, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("inbound e-mail");
        return await work(scope.ServiceProvider);
    }
}
