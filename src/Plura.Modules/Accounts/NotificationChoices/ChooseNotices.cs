using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// A person says how they want the news of the scope's account: kind by kind, in the app, by mail at once or once a day, on their devices, or not at all. And, for all
/// their accounts, when they may be disturbed, when the letter of the day comes, and whether notifications name people.
/// </summary>
public sealed record ChooseNotices
{
    private const string Time = "([01][0-9]|2[0-3]):[0-5][0-9]";

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

    /// <summary><c>22:00</c>; null for no quiet hours.</summary>
    [RegularExpression(Time, ErrorMessage = "Give a time such as 22:00.")]
    public string? QuietFrom { get; set; }

    [RegularExpression(Time, ErrorMessage = "Give a time such as 07:00.")]
    public string? QuietUntil { get; set; }

    [Required(ErrorMessage = "Give a time such as 08:00."), RegularExpression(Time, ErrorMessage = "Give a time such as 08:00.")]
    public string DigestAt { get; set; } = "08:00";

    public bool Names { get; set; }
}

public sealed class ChooseNoticesHandler(PluraDb db, Actor actor, NoticeBook book, TimeProvider clock)
{
    public async Task<Result> Handle(ChooseNotices command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (from, until) = (Read(command.QuietFrom), Read(command.QuietUntil));
        if (from is null != until is null)
            return Refusal.Invalid("quiet.half", "Quiet hours need a beginning and an end. Leave both empty for none.", from is null ? nameof(command.QuietFrom) : nameof(command.QuietUntil));
        if (from is not null && from == until)
            return Refusal.Invalid("quiet.same", "Quiet hours must not begin and end at the same time. Leave both empty for none.", nameof(command.QuietUntil));
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

        var hours = await db.NoticeHours.FirstOrDefaultAsync(h => h.UserId == user, ct);
        if (hours is null)
            db.NoticeHours.Add(hours = NoticeHours.Of(user));
        hours.Become(from, until, Read(command.DigestAt)!.Value, command.Names);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    private static TimeOnly? Read(string? text) => string.IsNullOrEmpty(text) ? null : TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
