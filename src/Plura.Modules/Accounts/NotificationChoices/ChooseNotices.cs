using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person says how they want the news of the scope's account: kind by kind, in the app, by mail, both or not at all.</summary>
public sealed record ChooseNotices
{
    /// <summary>The kinds to show in the app.</summary>
    [Required]
    public IReadOnlyCollection<string> InApp { get; set; } = [];

    /// <summary>The kinds to write by mail.</summary>
    [Required]
    public IReadOnlyCollection<string> ByMail { get; set; } = [];
}

public sealed class ChooseNoticesHandler(PluraDb db, Actor actor, NoticeBook book, TimeProvider clock)
{
    public async Task<Result> Handle(ChooseNotices command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (user, now) = (actor.Id!.Value, clock.GetUtcNow());
        var known = await db.NoticeChoices.Where(c => c.UserId == user).ToDictionaryAsync(c => c.Kind, StringComparer.Ordinal, ct);
        // A kind that no module tells any more is left as it was chosen.
        foreach (var kind in book.Kinds.Select(k => k.Kind))
        {
            var (inApp, byMail) = (command.InApp.Contains(kind, StringComparer.Ordinal), command.ByMail.Contains(kind, StringComparer.Ordinal));
            if (known.TryGetValue(kind, out var choice))
                choice.Become(inApp, byMail, now);
            else
                db.NoticeChoices.Add(NoticeChoice.Of(user, kind, inApp, byMail, now));
        }

        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
