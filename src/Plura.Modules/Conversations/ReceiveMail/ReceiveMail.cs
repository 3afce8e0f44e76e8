using System.ComponentModel.DataAnnotations;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>
/// An e-mail came in, by whatever door. What a mail server reports goes to the letter that it is about; what a person wrote finds its account by the
/// address it was sent to, and its conversation by who wrote it; what is not understood is kept as it came, and refused by name. So every answer
/// means that the mail may go from where it came from: only an exception means that it must come again.
/// </summary>
public sealed record ReceiveMail
{
    public const int Largest = 30_000_000;

    /// <summary>The address that the mail server took it for; null where only the mail itself tells.</summary>
    [StringLength(320, ErrorMessage = "An address has at most 320 characters.")]
    public string? To { get; set; }

    /// <summary>The message as it came (RFC 5322).</summary>
    [Required(ErrorMessage = "There is no message.")]
    public byte[] Source { get; set; } = [];

    /// <summary>It is larger than we take, and this is only how it begins.</summary>
    public bool OnlyItsHead { get; set; }
}

/// <param name="ConversationId">Empty for what a mail server reports.</param>
/// <param name="Repeated">It had come before; nothing was added.</param>
public sealed record MailReceipt(Guid AccountId, Guid ConversationId, Guid MessageId, bool Repeated)
{
    /// <summary>What a mail server reports: <c>bounced</c>, <c>delayed</c>, <c>delivered</c>, <c>complained</c>, <c>nothing</c>; null for what a person wrote.</summary>
    public string? Report { get; init; }

    /// <summary>The letter that the report is about.</summary>
    public Guid? SendId { get; init; }
}

public sealed class ReceiveMailHandler(UnderstandMail understand, KeptMails kept)
{
    public async Task<Result<MailReceipt>> Handle(ReceiveMail command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var understood = await understand.Read(command, ct);
        if (understood.Answer.Refusal is { } refusal && command.Source.Length > 0)
            await kept.Keep(command, understood.Account, refusal, ct);
        return understood.Answer;
    }
}
