using System.ComponentModel.DataAnnotations;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>
/// Answers the contact, by mail or by text: it leaves ten seconds later, and can be taken back until then. Whoever wrote last in the web chat is
/// answered there, at once. All of it passes the gate as everything does.
/// </summary>
public sealed record SendReply
{
    /// <summary>The conversation.</summary>
    public Guid Id { get; set; }

    /// <summary><c>email</c>, <c>sms</c> or <c>chat</c>; null for the channel by which the contact wrote last.</summary>
    [RegularExpression("email|sms|chat", ErrorMessage = "An answer goes by “email”, “sms” or “chat”.")]
    public string? Channel { get; set; }

    /// <summary>When it is to leave: <c>later</c> (in three hours), <c>tomorrow</c> or <c>next_week</c> (at nine in the morning), or a moment within a year; null for now.</summary>
    public string? Later { get; set; }

    /// <summary>The newest message that its writer has seen; null for not asking whether somebody wrote since.</summary>
    public Guid? Seen { get; set; }

    /// <summary>Files that go along: by e-mail, and pictures and a few others by text where the carrier takes them.</summary>
    public IReadOnlyList<GivenFile> Files { get; init; } = [];

    /// <summary>Of an e-mail: another subject than that of theirs.</summary>
    [StringLength(Reply.LongestSubject, ErrorMessage = "A subject has at most 200 characters.")]
    public string? Subject { get; set; }

    /// <summary>A snippet whose files go along, and whose acts are done when it has been written.</summary>
    public Guid? Snippet { get; set; }

    /// <summary>Plain text; line breaks stay.</summary>
    [Required(ErrorMessage = "Write something first."), StringLength(MessageText.Longest, ErrorMessage = "A message has at most 50,000 characters.")]
    public string Text { get; set; } = "";
}

public sealed class SendReplyHandler(PluraDb db, AnswerWriter writer, ChatAnswers chat, LaterTimes times, StaleAnswer stale, UseSnippet snippets, AnswerFiles files, Drafts drafts, Actor actor)
{
    public async Task<Result<Guid>> Handle(SendReply command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var conversation = found.Value;
        if (await stale.Find(conversation, command.Seen, ct) is { } others)
            return others;
        var channel = command.Channel ?? conversation.Channel;
        var along = await files.Of(command.Files, command.Snippet, channel, ct);
        if (along.Refusal is { } unfit)
            return unfit;
        var later = times.Read(command.Later);
        if (later.Refusal is { } never)
            return never;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var written = await Write(conversation, command, channel, along.Value, later.Value, ct);
        if (written.Ok && command.Snippet is { } snippet && (await snippets.Act(conversation.Id, snippet, ct)).Refusal is { } undone)
            written = undone;
        if (written.Refusal is not null)
        {
            files.Drop();
            return written;
        }

        await drafts.End(conversation.Id, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return written;
    }

    private async Task<Result<Guid>> Write(Conversation conversation, SendReply command, string channel, IReadOnlyList<GivenFile> files, DateTimeOffset? later, CancellationToken ct)
    {
        var body = MessageText.Typed(command.Text);
        if (channel == Channels.Chat && await chat.Visitor(conversation, ct) is { } visitor)
            return later is null ? await chat.Answer(conversation, visitor, body, ct) : LaterTimes.NotInChat;
        // A visitor whose chat is over is answered by mail.
        var answer = new AnswerWords(channel == Channels.Chat ? Channels.Email : channel, body, later, actor.Kind == ActorKind.User ? actor.Id : null) { Files = files, Subject = string.IsNullOrWhiteSpace(command.Subject) ? null : command.Subject.ReplaceLineEndings(" ").Trim() };
        return await writer.Write(conversation, answer, ct);
    }
}
