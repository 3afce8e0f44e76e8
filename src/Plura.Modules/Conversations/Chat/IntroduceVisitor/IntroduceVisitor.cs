using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>
/// A visitor says who they are, so that they can be answered when they have left. It is what somebody typed and proves nothing: their messages go
/// to that contact's conversation, and nothing of it comes to them.
/// </summary>
public sealed record IntroduceVisitor
{
    public Guid Session { get; set; }

    [StringLength(200, ErrorMessage = "A name has at most 200 characters.")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Write your e-mail address."), StringLength(320, ErrorMessage = "An address has at most 320 characters."), EmailAddress(ErrorMessage = "This does not look like an e-mail address.")]
    public string Email { get; set; } = "";
}

public sealed class IntroduceVisitorHandler(PluraDb db, IContactDirectory contacts, Inbox inbox, MessageSeal seal, Drafts drafts, MessageWords index, ISubjectTexts texts, ConversationNews news, TimeProvider clock)
{
    /// <summary>Answers the contact's id.</summary>
    public async Task<Result<Guid>> Handle(IntroduceVisitor command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ChatSessions.SingleOrDefaultAsync(s => s.Id == command.Session, ct) is not { ConversationId: { } begun } session
            || await db.LiveConversations.SingleOrDefaultAsync(c => c.Id == begun, ct) is not { } visitors)
            return ChatCalls.Over;
        if (session.AnswerPointId is not null)
            return visitors.ContactId;   // Said once, and kept: whoever comes second to the same page cannot turn the answers to themselves.
        var contact = await contacts.FindOrCreate(WhoWrites.Draft(command.Name, command.Email, "Web chat"), ct);
        if (contact.Refusal is { } refused)
            return refused with { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(command.Email)] = [refused.Text] } };
        await contacts.Hold(contact.Value, ct);
        if ((await contacts.Typed(contact.Value, command.Email, null, ct)).FirstOrDefault(a => a.Channel == Channels.Email) is not { } point)
            return Refusal.Invalid("chat.address", "We cannot write to this address. Please give another.", nameof(command.Email));

        var there = await Join(visitors, contact.Value, ct);
        session.Introduce(there.Id, point.ContactPointId);
        await drafts.Move(begun, there, ct);
        await Note(there, command, ct);
        if (visitors.LastMessageId is { } last)
            db.Publish(new MessageReceived(last, there.Id, contact.Value, Channels.Chat));
        db.Publish(new VisitorIntroduced(there.Id, contact.Value));
        await db.SaveChangesAsync(ct);
        // Empty now. Whoever wrote into it at this very moment would lose their words with it: then all of this is done anew.
        if (there.Id != begun && await db.Conversations.Where(c => c.Id == begun && c.Version == visitors.Version).ExecuteDeleteAsync(ct) == 0)
            throw new DbUpdateConcurrencyException("Something was written while a visitor said who they are.");
        await news.Ring(begun, ct);
        await news.Ring(there.Id, ct);
        await transaction.CommitAsync(ct);
        // Its words stand under the contact's key now: what copies and backups hold under this one nobody needs.
        await texts.Forget(session.Id, ct);
        return contact.Value;
    }

    /// <summary>The visitor's conversation becomes the contact's; where they have one, its messages go there.</summary>
    private async Task<Conversation> Join(Conversation visitors, Guid contact, CancellationToken ct)
    {
        var messages = await db.Messages.Where(m => m.ConversationId == visitors.Id).ToListAsync(ct);
        var words = await seal.Open(messages, ct);
        var there = await inbox.Find(contact, ct);
        if (there is null)
        {
            visitors.BecomeOf(contact);
            there = visitors;
        }
        else
        {
            there.TakeIn(visitors);
        }

        foreach (var message in messages)
            message.MoveTo(there, words.TryGetValue(message.Id, out var text) ? await seal.Seal(contact, message.Id, text, ct) : message.Sealed);
        return there;
    }

    /// <summary>Colleagues read beside the messages what was said and that nobody has checked it.</summary>
    private async Task Note(Conversation there, IntroduceVisitor command, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var who = command.Name is { } name ? $"{name}, {command.Email}" : command.Email;
        var text = new MessageText("", $"In the web chat somebody said that they are {who}. Nobody has checked it: do not tell them what only this person may know.") { Automatic = true };
        var note = Message.Note(id, there, author: null, await seal.Seal(there.ContactId, id, text, ct), now);
        db.Messages.Add(note);
        index.Know(note, text);
    }
}
