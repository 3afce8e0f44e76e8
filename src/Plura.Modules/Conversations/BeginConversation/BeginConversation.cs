using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Contracts;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>
/// Writes to a contact first, by mail or by text. It stands in their conversation, which opens again where it was closed; where there is none, one begins. It leaves
/// and can be taken back as an answer, and passes the gate as everything does.
/// </summary>
public sealed record BeginConversation
{
    /// <summary>The contact.</summary>
    [Required(ErrorMessage = "Choose whom you write to.")]
    public Guid? Contact { get; set; }

    /// <summary><c>email</c> or <c>sms</c>.</summary>
    [Required(ErrorMessage = "Choose how it goes."), RegularExpression("email|sms", ErrorMessage = "A message goes by “email” or “sms”.")]
    public string Channel { get; set; } = Channels.Email;

    /// <summary>Of an e-mail: what it is about, on one line.</summary>
    [StringLength(Reply.LongestSubject, ErrorMessage = "A subject has at most 200 characters.")]
    public string? Subject { get; set; }

    /// <summary>Files that go along: by e-mail, and pictures and a few others by text where the carrier takes them.</summary>
    public IReadOnlyList<GivenFile> Files { get; init; } = [];

    /// <summary>A snippet whose files go along, and whose acts are done when it has been written.</summary>
    public Guid? Snippet { get; set; }

    /// <summary>Plain text; line breaks stay, and merge fields such as <c>{{ contact.first_name }}</c> are filled.</summary>
    [Required(ErrorMessage = "Write something first."), StringLength(MessageText.Longest, ErrorMessage = "A message has at most 50,000 characters.")]
    public string Text { get; set; } = "";
}

/// <param name="Conversation">In which it stands.</param>
/// <param name="Message">The message.</param>
public sealed record BegunConversation(Guid Conversation, Guid Message);

public sealed class BeginConversationHandler(
    PluraDb db, Inbox inbox, AnswerWriter writer, AnswerFiles files, UseSnippet snippets, IContactDirectory contacts, IPhrases phrases, ConversationNews news, IAudit audit, Actor actor, TimeProvider clock)
{
    private static Refusal NoContact => Refusal.NotFound("contact.missing", "This contact does not exist any more.");

    public async Task<Result<BegunConversation>> Handle(BeginConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var contact = command.Contact!.Value;
        if (!(await contacts.Cards([contact], ct)).ContainsKey(contact))
            return NoContact;
        var subject = command.Subject?.ReplaceLineEndings(" ").Trim();
        if (command.Channel == Channels.Email && string.IsNullOrEmpty(subject))
            return Refusal.Invalid("message.subject", "Write in a few words what it is about.", nameof(command.Subject));
        var along = await files.Of(command.Files, command.Snippet, command.Channel, ct);
        if (along.Refusal is { } unfit)
            return unfit;
        var filled = await Fill(contact, MessageText.Typed(subject ?? ""), MessageText.Typed(command.Text), ct);
        if (filled.Refusal is { } template)
            return template;

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await inbox.Alone(contact, ct);
        if (!await contacts.Hold(contact, ct))
            return NoContact;
        var conversation = await Find(contact, command.Channel, ct);
        audit.Note("conversations.begin", conversation.Id);
        var me = actor.Kind == ActorKind.User ? actor.Id : null;
        var written = await writer.Write(conversation, new AnswerWords(command.Channel, filled.Value.Text, Later: null, me) { Files = along.Value, Subject = filled.Value.Subject, Begins = true }, ct);
        var done = written.Refusal is null && command.Snippet is { } snippet ? await snippets.Act(conversation.Id, snippet, ct) : Result.Done;
        if ((written.Refusal ?? done.Refusal) is { } refused)
        {
            files.Drop();
            return refused.Code == "reply.no_address" ? Refusal.Invalid(refused.Code, refused.Text, nameof(command.Channel)) : refused;
        }

        await news.Ring(conversation.Id, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return new BegunConversation(conversation.Id, written.Value);
    }

    /// <summary>Theirs, or a new one; whoever writes first looks after it, where nobody does.</summary>
    private async Task<Conversation> Find(Guid contact, string channel, CancellationToken ct)
    {
        var conversation = await inbox.Find(contact, ct);
        if (conversation is null)
            db.Conversations.Add(conversation = Conversation.Begin(contact, channel, clock.GetUtcNow()));
        if (conversation.AssigneeId is null && actor is { Kind: ActorKind.User, Id: { } me })
        {
            conversation.Assign(me);
            db.Publish(new ConversationAssigned(conversation.Id, contact, null, me, me));
        }

        return conversation;
    }

    private async Task<Result<(string? Subject, string Text)>> Fill(Guid contact, string subject, string text, CancellationToken ct)
    {
        if ((Merges(text) ? phrases.Check(text, nameof(BeginConversation.Text)) : null) is { } wrong)
            return wrong;
        if ((Merges(subject) ? phrases.Check(subject, nameof(BeginConversation.Subject)) : null) is { } odd)
            return odd;
        if (!Merges(text) && !Merges(subject))
            return (subject, text);
        var fill = await phrases.For(contact, ct);
        var (about, body) = (Merges(subject) ? fill(subject).ReplaceLineEndings(" ").Trim() : subject, Merges(text) ? fill(text) : text);
        return string.IsNullOrWhiteSpace(body) ? Refusal.Invalid("message.empty", "For this contact nothing is left of it: the fields in it are empty.", nameof(BeginConversation.Text)) : (about, body);
    }

    private static bool Merges(string text) => text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);
}
