using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using MimeKit;
using MimeKit.Cryptography;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Bench;

/// <summary>
/// Writing one letter per recipient: ours, compiled once, against MimeKit, which builds a message each time (its template already
/// split, its fields encoded by the same encoder), unsigned and signed. One thread each.
/// </summary>
public sealed class ComposeArea : IArea
{
    private static readonly string[] Merge = ["first_name", "last_name", "company"];

    public string Name => "compose";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("plura-compose").FullName);
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportPkcs8PrivateKeyPem();
        folder.WriteSecret(Path.Combine(folder.Keys, "dkim-plura.pem"), pem);

        var plain = await Compare(context, Letter(folder, signed: false), signer: null, context.Size(20_000));
        using var key = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(pem));
        var signer = new DkimSigner(key, "bright.example", "plura", DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        var signed = await Compare(context, Letter(folder, signed: true), signer, context.Size(2_000));
        return
        [
            new Line("C1", "letters written / MimeKit builds", plain.Ratios, 3, Note: Figures(plain)),
            new Line("C2", "letters written and signed / MimeKit builds and signs", signed.Ratios, 1.5, Note: Figures(signed)),
        ];
    }

    private static string Figures(Measured measured) =>
        $"{Statistics.Quantile(measured.Product, 0.5):N0} letters/s against {Statistics.Quantile(measured.Reference, 0.5):N0}";

    private static Task<Measured> Compare(BenchContext context, CompiledLetter letter, DkimSigner? signer, int count) => context.Compare(
        async _ => count / await BenchContext.Seconds(() =>
        {
            for (var i = 0; i < count; i++)
                letter.Compose(To(i));
            return Task.CompletedTask;
        }),
        async _ => count / await BenchContext.Seconds(() =>
        {
            for (var i = 0; i < count; i++)
                Build(i, signer);
            return Task.CompletedTask;
        }));

    private static CompiledLetter Letter(DataFolder folder, bool signed)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(signed ? [new("Email:Dkim:Domain", "bright.example")] : []).Build();
        var links = new PublicLinks(new KeyFiles(folder), settings);
        var content = new LetterContent { Subject = "Spring offer for {{ contact.first_name }}", Html = Html(name => $"{{{{ contact.{name} | default: \"there\" }}}}"), FromName = "Bright Smile", FromEmail = "hello@bright.example" };
        var account = new MergeAccount("Bright Smile", "Bright Smile", "1 High Street, London");
        var targets = LetterSource.Targets(content, links.PublicUrl).Select((url, number) => (url, number)).ToDictionary(t => t.url, t => t.number, StringComparer.Ordinal);
        return new CompiledLetter(content, LetterSource.Of(content, account, links.PublicUrl, targets), targets.Count, account, Guid.Empty, Guid.Empty, null, links, new DkimKeys(settings, folder).Own);
    }

    private static SendToWrite To(int i)
    {
        var id = new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["first_name"] = "Ann" + i, ["last_name"] = "O'Neil", ["company"] = "Müller & Sons", ["name"] = "Ann O'Neil" };
        return new SendToWrite(id, $"{id:N}@bright.example", id, new Recipient(id, id, $"ann{i}@example.com", id, false, fields), DateTimeOffset.UnixEpoch);
    }

    private static void Build(int i, DkimSigner? signer)
    {
        var send = To(i);
        var message = new MimeMessage { Subject = "Spring offer for " + send.Recipient.Fields["first_name"], MessageId = send.MessageId, Date = send.At };
        message.From.Add(new MailboxAddress("Bright Smile", "hello@bright.example"));
        message.To.Add(new MailboxAddress("Ann O'Neil", send.Recipient.Address));
        message.Headers.Add("List-Unsubscribe", "<http://localhost:5080/u/AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        var html = Html(name => FieldEncoding.Html((string)send.Recipient.Fields[name]!));
        message.Body = new BodyBuilder { HtmlBody = html, TextBody = html[..(html.Length / 3)] }.ToMessageBody();
        message.Prepare(EncodingConstraint.SevenBit);
        signer?.Sign(message, [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.ListUnsubscribe]);
        message.WriteTo(Stream.Null, CancellationToken.None);
    }

    private static string Html(Func<string, string> field) => "<html><body><h1>Spring offer</h1>" + string.Concat(Enumerable.Range(0, 12).Select(i => $"""
        <table width="100%"><tr><td style="padding:12px 0;font-size:16px;line-height:1.5"><h2>Offer {i}</h2>
        <p>Dear {field(Merge[i % 3])}, this spring we look after your teeth: check-up, cleaning and advice in one visit of forty minutes.</p>
        <p><a href="https://bright.example/offers/{i}?from=letter">Book your visit</a></p></td></tr></table>
        """)) + "</body></html>";
}
