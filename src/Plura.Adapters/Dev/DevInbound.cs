using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MimeKit;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>What somebody outside writes, while one plays the customer.</summary>
public sealed record PlayedMail
{
    public string? From { get; set; }

    public string? To { get; set; }

    public string? Subject { get; set; }

    public string? Text { get; set; }

    /// <summary>The whole message, instead of subject and text.</summary>
    public string? Source { get; set; }
}

/// <summary>The door by which mail comes in while one develops: <c>POST /dev/inbound/email</c>, and the page that uses it.</summary>
public sealed class DevInbound(ReceiveMailHandler handler, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/dev/inbound/email", async (PlayedMail mail, DevInbound inbound, CancellationToken ct) => (await inbound.Take(mail, ct)).Answer(Results.Ok))
            .WithName("PlayMail").Public("Plays the outside world; it is mapped in development only");

    public async Task<Result<MailReceipt>> Take(PlayedMail mail, CancellationToken ct)
    {
        if (Write(mail) is not { } source)
            return Refusal.Invalid("mail.sender", "Say who writes: an e-mail address.", nameof(mail.From));
        return await handler.Handle(new ReceiveMail { To = mail.To?.Trim(), Source = source }, ct);
    }

    private byte[]? Write(PlayedMail mail)
    {
        // The mailbox shows a message's bytes as Latin-1.
        if (mail.Source is { Length: > 0 } source)
            return source.All(c => c < 256) ? Encoding.Latin1.GetBytes(source) : Encoding.UTF8.GetBytes(source);
        if (!MailboxAddress.TryParse(mail.From ?? "", out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
            return null;
        var now = clock.GetUtcNow();
        var message = new MimeMessage { Subject = mail.Subject ?? "", Date = now, MessageId = $"{Guid.CreateVersion7(now):N}@played.test", Body = new TextPart("plain") { Text = mail.Text ?? "" } };
        message.From.Add(from);
        if (MailboxAddress.TryParse(mail.To ?? "", out var to))
            message.To.Add(to);
        using var stream = new MemoryStream();
        message.WriteTo(stream, CancellationToken.None);
        return stream.ToArray();
    }
}
