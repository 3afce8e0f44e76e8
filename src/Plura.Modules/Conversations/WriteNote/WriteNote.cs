using System.ComponentModel.DataAnnotations;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Writes a note into a conversation for one's colleagues; whoever is called in it (“@Kim”) and may read it is told. It never leaves the account.</summary>
public sealed record WriteNote
{
    /// <summary>The conversation.</summary>
    public Guid Id { get; set; }

    /// <summary>Plain text; line breaks stay.</summary>
    [Required(ErrorMessage = "Write something first."), StringLength(MessageText.Longest, ErrorMessage = "A note has at most 50,000 characters.")]
    public string Text { get; set; } = "";
}

public sealed class WriteNoteHandler(PluraDb db, ConversationNews news, MessageSeal seal, MessageWords index, Mentions mentions, Drafts drafts, Actor actor, TimeProvider clock)
{
    public async Task<Result<Guid>> Handle(WriteNote command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindConversation(command.Id, ct);
        if (found.Refusal is { } missing)
            return missing;
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var text = new MessageText("", MessageText.Typed(command.Text));
        var note = Message.Note(id, found.Value, actor.Kind == ActorKind.User ? actor.Id : null, await seal.Seal(found.Value.ContactId, id, text, ct), now);
        db.Messages.Add(note);
        index.Know(note, text);
        found.Value.Note(note, now);
        var called = await mentions.Call(note, text.Text, now, ct);
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await news.Save(command.Id, ct) is { } refused)
            return refused;
        await mentions.Tell(note, called, ct);
        await drafts.End(command.Id, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return id;
    }
}
