using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What a reply says, opened when its letter is written. One that was taken back, or whose contact was erased, says nothing and stays.</summary>
public sealed class ReplyWords(PluraDb db, MessageSeal seal) : ILetterWords
{
    public string Origin => Reply.Origin;

    public async Task<LetterWords?> Find(Guid originId, CancellationToken ct) =>
        await db.Messages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == originId && m.TakenBackAt == null, ct) is { } message && await seal.Open(message, ct) is { } text
            ? new LetterWords(new Dictionary<string, string>(StringComparer.Ordinal) { ["subject"] = text.Subject, ["body"] = text.Text }, text.InReplyTo)
            : null;
}
