using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Cryptography;

namespace Plura.Bench;

/// <summary>
/// What a program without a ledger does: build each message with MimeKit, send it with MailKit, over as many connections as we
/// use and without Nagle's delay. It asks nobody, remembers nothing and forgets everything when it dies.
/// </summary>
public static class MailKitLoop
{
    private static readonly HeaderId[] Sealed = [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion, HeaderId.ContentType, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost];

    public static async Task Send(int port, int messages, int connections, string dkimKey)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await Task.Yield();
            var signer = new DkimSigner(dkimKey, BenchContext.Domain, "plura", DkimSignatureAlgorithm.RsaSha256)
            {
                HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            };
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            using var client = new SmtpClient();
            await client.ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None);
            for (var i = Interlocked.Increment(ref next); i < messages; i = Interlocked.Increment(ref next))
                await client.SendAsync(Build(i, signer));
            await client.DisconnectAsync(quit: true);
        }));
    }

    private static MimeMessage Build(int n, DkimSigner signer)
    {
        var message = new MimeMessage();
        message.From.Add(new MailboxAddress("Corner Bakery", "hello@bakery.example"));
        message.To.Add(new MailboxAddress($"Person {n}", $"p{n}@domain{n % 50}.example"));
        message.Subject = CampaignLetter.Subject.Replace("{{ contact.first_name }}", $"Person {n}", StringComparison.Ordinal);
        message.MessageId = $"{n:x8}.loop@bakery.example";
        message.Headers.Add("List-Unsubscribe", $"<https://bakery.example/u/{n:x32}>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        var body = new BodyBuilder
        {
            HtmlBody = CampaignLetter.Html.Replace("{{ contact.first_name }}", $"Person {n}", StringComparison.Ordinal),
            TextBody = CampaignLetter.Text.Replace("{{ contact.first_name }}", $"Person {n}", StringComparison.Ordinal),
        };
        message.Body = body.ToMessageBody();
        message.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(message, Sealed);
        return message;
    }
}

/// <summary>A letter of usual length: about 5 kB as HTML and text.</summary>
public static class CampaignLetter
{
    public const string Subject = "{{ contact.first_name }}, the autumn bread is here";

    private const string Sentence = "From Monday we bake the rye loaf again that so many of you asked for, with coarse flour from the mill by the river and a crust that sings.";

    public static readonly string Html = "<h1>Hello {{ contact.first_name }}</h1>" + string.Concat(Enumerable.Range(1, 16).Select(i => $"<p>{i}. {Sentence} <a href=\"https://bakery.example/bread/{i}\">Read on</a></p>"));

    public static readonly string Text = "Hello {{ contact.first_name }}\n\n" + string.Concat(Enumerable.Range(1, 16).Select(i => $"{i}. {Sentence}\n\n"));
}
