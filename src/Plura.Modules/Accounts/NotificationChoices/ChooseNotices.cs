using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person says how they want the news of the scope's account: kind by kind, in the app, by mail at once or once a day, on their devices, or not at all.</summary>
public sealed record ChooseNotices
{
    /// <summary>The kinds to show in the app.</summary>
    [Required]
    public IReadOnlyCollection<string> InApp { get; set; } = [];

    /// <summary>The kinds to write by mail, at once.</summary>
    [Required]
    public IReadOnlyCollection<string> ByMail { get; set; } = [];

    /// <summary>The kinds to gather in the one letter of the day; one that is written at once is not in it too.</summary>
    [Required]
    public IReadOnlyCollection<string> InDigest { get; set; } = [];

    /// <summary>The kinds to push to their devices.</summary>
    [Required]
    public IReadOnlyCollection<string> ByPush { get; set; } = [];
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
            var mail = command.ByMail.Contains(kind, StringComparer.Ordinal);
            var ways = new NoticeWays(command.InApp.Contains(kind, StringComparer.Ordinal), mail, !mail && command.InDigest.Contains(kind, StringComparer.Ordinal), command.ByPush.Contains(kind, StringComparer.Ordinal));
            if (known.TryGetValue(kind, out var choice))
                choice.Become(ways, now);
            else
                db.NoticeChoices.Add(NoticeChoice.Of(user, kind, ways, now));
        }

        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
