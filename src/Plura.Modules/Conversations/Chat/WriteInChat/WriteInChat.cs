using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A visitor writes. Until they say who they are, the conversation is with their session, and the words stand under its key.</summary>
public sealed record WriteInChat
{
    public Guid Session { get; set; }

    /// <summary>Made by the page: a message that is sent again because its answer was lost is taken once.</summary>
    [Required(ErrorMessage = "The message has no id."), RegularExpression("[0-9A-Za-z-]{8,64}", ErrorMessage = "A message's id has between 8 and 64 letters and digits.")]
    public string Id { get; set; } = "";

    /// <summary>Plain text; line breaks stay.</summary>
    [Required(ErrorMessage = "Write something first."), StringLength(Longest, ErrorMessage = "A message has at most 4,000 characters.")]
    public string Text { get; set; } = "";

    public const int Longest = 4_000;
}

public sealed class WriteInChatHandler(PluraDb db, Inbox inbox, TimeProvider clock)
{
    /// <summary>Whoever writes more is no visitor, and the page could not show it.</summary>
    private const int MostInSession = 500;

    public async Task<Result<Guid>> Handle(WriteInChat command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.ChatSessions.SingleOrDefaultAsync(s => s.Id == command.Session, ct) is not { } session)
            return ChatCalls.Over;
        var external = $"chat:{session.Id}:{command.Id}";
        if (await inbox.Known(external, ct) is { } known)
            return known.Id;
        if (await db.Messages.CountAsync(m => m.SessionId == session.Id, ct) >= MostInSession)
            return Refusal.Limit("chat.full", "This chat has become very long. Please begin a new one.");
        // Whose contact was deleted or erased begins anew, as somebody whom nobody knows.
        if (await With(session, ct) is not { } with)
            return ChatCalls.Over;

        return (await inbox.Put(with, session, external, new MessageText("", MessageText.Typed(command.Text)), clock.GetUtcNow(), ct)).Id;
    }

    /// <summary>The contact, or the session itself while nobody knows them; null where it is over.</summary>
    private async Task<Guid?> With(ChatSession session, CancellationToken ct) =>
        session.ConversationId is { } begun
            ? await db.LiveConversations.Where(c => c.Id == begun).Select(c => (Guid?)c.ContactId).SingleOrDefaultAsync(ct)
            : session.Id;
}
