using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>An e-mail came in, by whatever door: it finds its account by the address it was sent to, and its conversation by who wrote it.</summary>
public sealed record ReceiveMail
{
    public const int Largest = 30_000_000;

    /// <summary>The address that the mail server took it for.</summary>
    [Required(ErrorMessage = "Say to whom it was sent."), StringLength(320, ErrorMessage = "An address has at most 320 characters.")]
    public string To { get; set; } = "";

    /// <summary>The message as it came (RFC 5322).</summary>
    [Required(ErrorMessage = "There is no message.")]
    public byte[] Source { get; set; } = [];
}

/// <param name="Repeated">It had come before; nothing was added.</param>
public sealed record MailReceipt(Guid AccountId, Guid ConversationId, Guid MessageId, bool Repeated);

public sealed class ReceiveMailHandler(InboundMail inbound, IServiceScopeFactory scopes)
{
    private const int Tries = 6;

    public async Task<Result<MailReceipt>> Handle(ReceiveMail command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Source.Length > ReceiveMail.Largest)
            return Refusal.Limit("mail.too_large", "This message is larger than 30 MB, which is more than we take.");
        if (await inbound.AccountOf(command.To, ct) is not { } account)
            return Refusal.NotFound("mail.no_account", "Nobody here has this address.");
        if (ReceivedMail.Read(command.Source) is not { } mail)
            return Refusal.Invalid("mail.unreadable", "This is no e-mail, or it does not say who sent it.", nameof(command.Source));
        if (mail.IsReport)
            return Refusal.Invalid("mail.report", "A mail server wrote this, and no person.", nameof(command.Source));
        for (var once = 1; ; once++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account.Id);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("inbound e-mail");
            try
            {
                return await scope.ServiceProvider.GetRequiredService<MailIntake>().Take(mail, ct);
            }
            catch (DbUpdateException error) when (once < Tries && (error is DbUpdateConcurrencyException || error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }))
            {
                // The same message by another door, or another of the same person, at this very moment: looked at anew.
            }
        }
    }
}
