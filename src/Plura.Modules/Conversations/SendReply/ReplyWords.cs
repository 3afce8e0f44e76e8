using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What a reply says, opened when its letter is written. One that was taken back, or whose contact was erased, says nothing and stays.</summary>
public sealed class ReplyWords(PluraDb db, MessageSeal seal, MessageFiles files, ChatMail chat) : ILetterWords
{
    public string Origin => Reply.Origin;

    public async Task<LetterWords?> Find(Guid originId, CancellationToken ct)
    {
        if (await db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == originId && m.TakenBackAt == null, ct) is not { } message
            || (message.MailedWith is null ? await seal.Open(message, ct) : await chat.Words(message, ct)) is not { } text)
            return null;
        var along = text.Files.Count == 0 ? [] : await files.Open(message, text, ct);
        return new LetterWords(new Dictionary<string, string>(StringComparer.Ordinal) { ["subject"] = text.Subject, ["body"] = text.Text }, text.InReplyTo)
        {
            Automatic = text.Automatic,
            Files = [.. along.Select(f => new AttachedFile(f.Name, FileKinds.Type(f.Name), f.Bytes))],
        };
    }
}
