using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <param name="Answer">The receipt, or why it was not understood.</param>
/// <param name="Account">To whom it was sent, where that is known.</param>
public sealed record UnderstoodMail(Result<MailReceipt> Answer, Guid? Account);

/// <summary>Outside any account: finds out what a mail is and whose, and brings it there.</summary>
public sealed partial class UnderstandMail(InboundMail inbound, IMailReports reports, IServiceScopeFactory scopes, ILogger<UnderstandMail> log)
{
    private const int Tries = 6;

    public async Task<UnderstoodMail> Read(ReceiveMail command, CancellationToken ct)
    {
        Guid? account = null;
        try
        {
            var mail = command.Source.Length > ReceiveMail.Largest ? null : MailSource.Read(command.Source);
            var to = command.To is { } named ? [named] : mail is null ? [] : MailSource.Recipients(mail);
            var accounts = await Accounts(to, ct);
            account = accounts.Count > 0 ? accounts[0].Id : null;
            return new UnderstoodMail(await Answer(command, mail, to, accounts, ct), account);
        }
        catch (Exception error) when (error is not OperationCanceledException && !Passes(error))
        {
            // Strangers write what is read here. Whatever of it we were not ready for, the next mail must not wait behind it.
            Broke(log, error);
            return new UnderstoodMail(Refusal.Invalid("mail.broke", "Reading it ended in a mistake of this program."), account);
        }
    }

    private async Task<Result<MailReceipt>> Answer(ReceiveMail command, MimeMessage? mail, IReadOnlyList<string> to, IReadOnlyList<AccountCard> accounts, CancellationToken ct)
    {
        if (command.OnlyItsHead || command.Source.Length > ReceiveMail.Largest)
            return Refusal.Limit("mail.too_large", "This message is larger than 30 MB, which is more than we take.");
        if (mail is null || command.Source.Length == 0)
            return accounts.Count == 0 && command.Source.Length > 0 ? Nobody : Unreadable(command);
        if (await reports.Take(mail, to, accounts.Count > 0 ? accounts[0].Id : null, ct) is { } report)
            return report.Refusal is { } refusal ? refusal : new MailReceipt(report.Value.AccountId, Guid.Empty, Guid.Empty, Repeated: false) { Report = report.Value.What, SendId = report.Value.SendId };

        var letter = to.Select(reports.Read).FirstOrDefault(r => r is { Signed: true });
        if (accounts.Count == 0 && letter is not null && await Open(letter.AccountId, ct) is { } sender)
            accounts = [sender];
        if (accounts.Count == 0)
            return Nobody;
        if (ReceivedMail.Read(mail, command.Source, letter is not null) is not { } written)
            return Unreadable(command);
        var reader = letter is not null && written.Text.Automatic ? await reports.ReaderOf(letter.AccountId, letter.SendId, ct) : null;
        Result<MailReceipt>? first = null;
        foreach (var account in accounts)
        {
            var taken = await Deliver(account.Id, written, account.Id == letter?.AccountId ? reader : null, ct);
            first = first is { Ok: true } ? first : taken;
        }

        return first!.Value;
    }

    private static Refusal Nobody => Refusal.NotFound("mail.no_account", "Nobody here has this address.");

    private static Refusal Unreadable(ReceiveMail command) => Refusal.Invalid("mail.unreadable", "This is no e-mail, or it does not say who sent it.", nameof(command.Source));

    /// <summary>The first that the mail server names, or all that only the mail itself names.</summary>
    private async Task<IReadOnlyList<AccountCard>> Accounts(IReadOnlyList<string> to, CancellationToken ct)
    {
        var found = new List<AccountCard>();
        foreach (var address in to)
        {
            if (await inbound.AccountOf(address, ct) is { } account && found.TrueForAll(a => a.Id != account.Id))
                found.Add(account);
        }

        return found;
    }

    private async Task<AccountCard?> Open(Guid account, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IAccountDirectory>().Account(account, ct) is { Closed: false } open ? open : null;
    }

    private async Task<Result<MailReceipt>> Deliver(Guid account, ReceivedMail mail, Guid? reader, CancellationToken ct)
    {
        for (var once = 1; ; once++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("inbound e-mail");
            try
            {
                return await scope.ServiceProvider.GetRequiredService<MailIntake>().Take(mail, reader, ct);
            }
            catch (DbUpdateException error) when (once < Tries && (error is DbUpdateConcurrencyException || error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }))
            {
                // The same message by another door, or another of the same person, at this very moment: looked at anew.
            }
        }
    }

    /// <summary>The database or the disk is out of reach: the mail is as good as it was, and must come again.</summary>
    internal static bool Passes(Exception error) => error switch
    {
        PostgresException said => said.IsTransient,
        NpgsqlException or TimeoutException => true,
        DbUpdateConcurrencyException => true,
        DbUpdateException or InvalidOperationException => error.InnerException is { } inner && Passes(inner),
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail that came in could not be read; it is kept for whoever runs the installation")]
    private static partial void Broke(ILogger logger, Exception error);
}
