using System.Text;
using Plura.Conversations;
using Plura.Messaging;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Adapters;

/// <summary>What becomes of a letter while one plays.</summary>
public sealed record PlayedReport
{
    /// <summary>One of <see cref="DevReports.All"/>.</summary>
    public string? Play { get; set; }
}

/// <summary>Plays what mail servers and mailbox providers answer to a letter of the development mailbox: it comes back, it waits, its reader pressed Spam.</summary>
public sealed class DevReports(PluraDb db, ReturnAddresses returns, ReceiveMailHandler handler, TimeProvider clock)
{
    public const string Bounce = "bounce";
    public const string Delay = "delay";
    public const string Spam = "complain";
    public const string Away = "away";

    public static readonly IReadOnlyList<Choice> All =
    [
        new(Bounce, "It comes back: no such mailbox"), new(Delay, "A mail server on the way keeps it and tries again"), new(Spam, "Its reader presses Spam"), new(Away, "Its reader’s mail program says that they are away"),
    ];

    /// <summary>Where a letter is played with.</summary>
    public static string Page(Guid letter, string play) => $"/dev/inbound?letter={letter}&play={play}";

    public async Task<Result<MailReceipt>> Play(Guid letter, string play, CancellationToken ct)
    {
        if (await DevMailbox.Find(db, letter, ct) is not { IsText: false } message)
            return Refusal.NotFound("dev.message", "There is no such letter in the development mailbox.");
        if (returns.For(message.AccountId, message.SendId) is not { } to)
            return Refusal.Conflict("dev.no_way_back", "No host for incoming mail is set, so nothing comes back.");
        return await handler.Handle(new ReceiveMail { To = to, Source = Encoding.Latin1.GetBytes(Write(message, play).ReplaceLineEndings("\r\n")) }, ct);
    }

    private string Write(DevMessage letter, string play)
    {
        var source = Encoding.Latin1.GetString(letter.Source);
        var head = source.Split("\r\n\r\n", 2)[0];
        var now = clock.GetUtcNow();
        var id = $"<{Guid.CreateVersion7(now):N}@played.test>";
        return play switch
        {
            Bounce => Report(id, "Undelivered Mail Returned to Sender", "failed", "5.1.1", "550 5.1.1 There is no such mailbox here.", letter, head),
            Delay => Report(id, "Delayed Mail (still being retried)", "delayed", "4.4.1", "connect to mx.played.test: Connection timed out", letter, head),
            Spam => $"""
                From: feedback@played.test
                Subject: Complaint about a message
                Message-ID: {id}
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="played"

                --played
                Content-Type: text/plain; charset=us-ascii

                This is an abuse report for an e-mail message.
                --played
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: Played/1.0
                Version: 1

                --played
                Content-Type: text/rfc822-headers

                {head}

                --played--

                """,
            _ => $"""
                From: {letter.Recipient}
                Subject: Automatic reply: {letter.Subject.ReplaceLineEndings(" ")}
                Message-ID: {id}
                In-Reply-To: <{letter.MessageId}>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                I am away until Monday.

                """,
        };
    }

    private static string Report(string id, string subject, string action, string status, string said, DevMessage letter, string head) => $"""
        Return-Path: <>
        From: MAILER-DAEMON@played.test (Mail Delivery System)
        Subject: {subject}
        Message-ID: {id}
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="played"

        --played
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.played.test.
        --played
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.played.test

        Final-Recipient: rfc822; {letter.Recipient}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {said}

        --played
        Content-Type: text/rfc822-headers

        {head}

        --played--

        """;
}
