using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>How a reply stands in the send ledger.</summary>
public static class Reply
{
    public const string Origin = "reply";

    /// <summary>How long it waits before it leaves.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromSeconds(10);

    public const int LongestSubject = 200;

    /// <summary>Where the words come, and none of them: those are fetched when the letter is written (<see cref="ReplyWords"/>).</summary>
    public static LetterContent Letter(AccountCard account, string? answersTo) => new()
    {
        Subject = "{{ contact.fields.subject }}",
        Html = """<div style="white-space:pre-line">{{ contact.fields.body }}</div>""",
        FromName = account.SenderName,
        FromEmail = account.SenderEmail,
        ReplyTo = answersTo,
        Category = Categories.Transactional,
    };

    /// <summary>The same for a text message.</summary>
    public static TextContent Text { get; } = new() { Text = "{{ contact.fields.body }}", Category = Categories.Transactional };

    public static Refusal NoAddress(string channel) => Refusal.Invalid(
        "reply.no_address",
        channel == Channels.Sms ? "This contact has no telephone number to which a text could go. Add one on their page." : "This contact has no e-mail address to which an answer could go. Add one on their page.",
        nameof(SendReply.Text));

    public static string Subject(string? theirs, string business)
    {
        var subject = string.IsNullOrWhiteSpace(theirs) ? $"Your message to {business}" : theirs.Trim();
        if (subject.Length > LongestSubject)
            subject = subject[..LongestSubject];
        return subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? subject : "Re: " + subject;
    }
}
