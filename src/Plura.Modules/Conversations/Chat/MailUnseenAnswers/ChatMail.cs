using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What the mail to a visitor who has left says: the answers that they did not see, and below them what they had asked.</summary>
public sealed class ChatMail(PluraDb db, MessageSeal seal)
{
    private const int MostQuoted = 5;

    /// <summary>Null where nobody can read it any more.</summary>
    public async Task<MessageText?> Words(Message first, CancellationToken ct)
    {
        var answers = await db.Messages.AsNoTracking().Where(m => m.SessionId == first.SessionId && m.MailedWith == first.Id).OrderBy(m => m.OccurredAt).ThenBy(m => m.Id).ToListAsync(ct);
        var before = answers.Select(a => a.OccurredAt).DefaultIfEmpty(first.OccurredAt).Max();
        var asked = await db.Messages.AsNoTracking().Where(m => m.SessionId == first.SessionId && m.Direction == Directions.In && m.OccurredAt <= before)
            .OrderByDescending(m => m.OccurredAt).ThenByDescending(m => m.Id).Take(MostQuoted).ToListAsync(ct);
        asked.Reverse();
        var words = await seal.Open([.. answers, .. asked], ct);
        if (!words.TryGetValue(first.Id, out var text))
            return null;
        var body = string.Join("\n\n", answers.Where(a => words.ContainsKey(a.Id)).Select(a => words[a.Id].Text));
        var quoted = string.Join("\n>\n", asked.Where(a => words.ContainsKey(a.Id)).Select(a => string.Join('\n', words[a.Id].Text.Split('\n').Select(line => "> " + line))));
        return text with { Text = quoted.Length == 0 ? body : $"{body}\n\nYou wrote in our chat:\n{quoted}" };
    }
}
