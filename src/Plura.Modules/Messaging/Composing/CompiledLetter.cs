using System.Text;
using Plura.Messaging.Contracts;

namespace Plura.Messaging;

/// <summary>A letter ready to be written for anyone: templates parsed, fixed parts encoded, fixed headers spelled out.</summary>
public sealed class CompiledLetter : ICompiledLetter
{
    [ThreadStatic]
    private static QuotedPrintable? body;

    private readonly Guid tenantId;
    private readonly PublicLinks links;
    private readonly MergeTemplate subject;
    private readonly MimeSkeleton skeleton;
    private readonly MergeAccount account;
    private readonly string from;
    private readonly string fromHeader;
    private readonly string? replyTo;
    private readonly string contentType;
    private readonly string mixed;
    private readonly string feedbackId;
    private readonly ReturnAddresses? returns;
    private readonly LetterSigner? signer;

    public CompiledLetter(LetterContent content, LetterSource source, int trackedLinks, MergeAccount account, Guid tenantId, Guid contentId, ReturnAddresses? returns, PublicLinks links, LetterSigner? signer)
    {
        (Content, this.account, this.tenantId, this.links, this.signer, this.returns) = (content, account, tenantId, links, signer, returns);
        (HasPostalAddress, HasUnsubscribe) = (source.HasPostalAddress, source.HasUnsubscribe);
        from = HeaderText.Address(content.FromEmail) ?? throw new TemplateException($"The sender's address \"{FieldEncoding.OneLine(content.FromEmail)}\" is not an e-mail address.");
        fromHeader = HeaderText.Mailbox(content.FromName, from, "From: ".Length);
        replyTo = content.ReplyTo is { Length: > 0 } reply ? HeaderText.Address(reply) : null;
        // Quoted-printable never writes "=_", so no part can contain the boundary.
        var boundary = $"=_plura_{contentId:N}";
        mixed = $"=_mixed_{contentId:N}";
        contentType = $"multipart/alternative;\r\n boundary=\"{boundary}\"";
        feedbackId = $"{contentId:N}:{tenantId:N}:{content.Category}:pluraos";
        subject = MergeTemplate.Parse(source.Subject, html: false);
        var constants = new MergeScope(new Dictionary<string, object?>(StringComparer.Ordinal), account, new PreviewUrls([]));
        skeleton = new MimeSkeleton(boundary, MergeTemplate.Parse(source.Text, html: false, trackedLinks, lines: true), MergeTemplate.Parse(source.Html, html: true, trackedLinks), constants);
    }

    public LetterContent Content { get; }

    public bool HasPostalAddress { get; }

    public bool HasUnsubscribe { get; }

    public ComposedMessage Compose(SendToWrite send)
    {
        var to = HeaderText.Address(send.Recipient.Address) ?? throw new TemplateException("The recipient's address cannot be written into a letter.");
        var scope = new MergeScope(send.Recipient.Fields, account, new SendUrls(links, tenantId, send.SendId));
        var files = send.Recipient.Files;
        // A letter with files is large and rare: its buffer is not kept.
        var output = files.Count > 0 ? new QuotedPrintable() : body ??= new QuotedPrintable();
        output.Clear();
        if (files.Count > 0)
            AttachedParts.Begin(output, mixed, contentType);
        skeleton.Write(output, scope);
        if (files.Count > 0)
            AttachedParts.End(output, mixed, files);

        var headers = Headers(send, scope, to);
        var head = new StringBuilder(1536);
        if (signer is not null)
            head.Append(DkimSeal.Sign(signer, headers, output.Written, send.At));
        foreach (var (name, value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        head.Append("\r\n");

        var bytes = new byte[head.Length + output.Length];
        Encoding.ASCII.GetBytes(head.ToString(), bytes);
        output.Written.CopyTo(bytes.AsSpan(head.Length));
        return new ComposedMessage(send.SendId, send.MessageId, returns?.For(tenantId, send.SendId) ?? from, to, bytes);
    }

    private List<(string Name, string Value)> Headers(SendToWrite send, MergeScope scope, string to)
    {
        var headers = new List<(string Name, string Value)>(12) { ("From", fromHeader) };
        if ((send.Recipient.ReplyTo is { } theirs ? HeaderText.Address(theirs) : replyTo) is { } answerTo)
            headers.Add(("Reply-To", $"<{answerTo}>"));
        headers.Add(("To", HeaderText.Mailbox(send.Recipient.ToName ?? FieldEncoding.Text(scope.Find(["contact", "name"])), to, "To: ".Length)));
        headers.Add(("Subject", HeaderText.Unstructured(subject.Render(scope), "Subject: ".Length)));
        headers.Add(("Date", HeaderText.Date(send.At)));
        headers.Add(("Message-ID", $"<{send.MessageId}>"));
        if (send.Recipient.InReplyTo is { } earlier)
        {
            headers.Add(("In-Reply-To", $"<{earlier}>"));
            headers.Add(("References", $"<{earlier}>"));
        }

        if (send.Recipient.Automatic)
            headers.Add(("Auto-Submitted", "auto-replied"));
        headers.Add(("MIME-Version", "1.0"));
        if (HasUnsubscribe)
        {
            headers.Add(("List-Unsubscribe", $"<{scope.Urls.Unsubscribe}>"));
            headers.Add(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            headers.Add(("Feedback-ID", feedbackId));
        }

        if (returns?.Mailbox is not null)
            headers.Add((ReturnAddresses.Header, returns.Token(tenantId, send.SendId)));
        headers.Add(("Content-Type", send.Recipient.Files.Count > 0 ? $"multipart/mixed;\r\n boundary=\"{mixed}\"" : contentType));
        return headers;
    }
}
