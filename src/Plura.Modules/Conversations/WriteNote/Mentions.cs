using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Finds who is called by name in a note, and tells them: those who may read what is written with this contact.</summary>
public sealed class Mentions(PluraDb db, Colleagues colleagues, INotices notices, Actor actor)
{
    /// <summary>Before the note is saved. Answers whom to tell when it is.</summary>
    public async Task<IReadOnlyList<UserCard>> Call(Message note, string text, DateTimeOffset now, CancellationToken ct)
    {
        if (!text.Contains('@', StringComparison.Ordinal))
            return [];
        IReadOnlyList<UserCard> called = [.. Of(text, await colleagues.Reading(note.SubjectId, ct)).Where(p => p.Id != note.AuthorId)];
        foreach (var person in called)
            db.Mentions.Add(Mention.Of(note, person.Id, now));
        return called;
    }

    /// <summary>In the same transaction: what is told stands or falls with the note.</summary>
    public async Task Tell(Message note, IReadOnlyList<UserCard> called, CancellationToken ct)
    {
        // What the note says stands under a person's key, and a notice is kept in the open: it says only where to look.
        foreach (var person in called)
            await notices.PostAbout(new NoticeAbout(ConversationNotices.Mention, $"{actor.Name} calls you in a note about {{about}}.", ConversationNotices.Thing, note.ConversationId) { User = person.Id }, ct);
    }

    /// <summary>Those whose whole name, or first name where nobody else has it, stands behind an @.</summary>
    public static IReadOnlyList<UserCard> Of(string text, IReadOnlyList<UserCard> people)
    {
        var firsts = people.GroupBy(p => First(p.Name), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single(), StringComparer.OrdinalIgnoreCase);
        var found = new List<UserCard>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            // What stands in an address is no call.
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
                continue;
            var rest = text.AsSpan(at + 1);
            var called = people.Where(p => Begins(text, at + 1, p.Name)).MaxBy(p => p.Name.Length);
            if (called is null)
            {
                var end = 0;
                while (end < rest.Length && (char.IsLetterOrDigit(rest[end]) || rest[end] is '-' or '\''))
                    end++;
                called = firsts.GetValueOrDefault(rest[..end].ToString());
            }

            if (called is not null && !found.Contains(called))
                found.Add(called);
        }

        return found;
    }

    private static bool Begins(string text, int at, string name) =>
        string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0 && name.Length > 0 && (at + name.Length >= text.Length || !char.IsLetterOrDigit(text[at + name.Length]));

    private static string First(string name) => name.Split(' ', 2)[0];
}
