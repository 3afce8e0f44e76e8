using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person says when they may be disturbed, when the letter of the day comes, and whether notifications name people. It holds for all their accounts.</summary>
public sealed record ChooseNoticeHours
{
    private const string Time = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /// <summary><c>22:00</c>; null for no quiet hours.</summary>
    [RegularExpression(Time, ErrorMessage = "Give a time such as 22:00.")]
    public string? QuietFrom { get; set; }

    [RegularExpression(Time, ErrorMessage = "Give a time such as 07:00.")]
    public string? QuietUntil { get; set; }

    [Required(ErrorMessage = "Give a time such as 08:00."), RegularExpression(Time, ErrorMessage = "Give a time such as 08:00.")]
    public string DigestAt { get; set; } = "08:00";

    public bool Names { get; set; }
}

public sealed class ChooseNoticeHoursHandler(PluraDb db, Actor actor)
{
    public async Task<Result> Handle(ChooseNoticeHours command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var (from, until) = (Read(command.QuietFrom), Read(command.QuietUntil));
        if (from is null != until is null)
            return Refusal.Invalid("quiet.half", "Quiet hours need a beginning and an end. Leave both empty for none.", from is null ? nameof(command.QuietFrom) : nameof(command.QuietUntil));
        if (from is not null && from == until)
            return Refusal.Invalid("quiet.same", "Quiet hours must not begin and end at the same time. Leave both empty for none.", nameof(command.QuietUntil));
        var user = actor.Id!.Value;
        var hours = await db.NoticeHours.FirstOrDefaultAsync(h => h.UserId == user, ct);
        if (hours is null)
            db.NoticeHours.Add(hours = NoticeHours.Of(user));
        hours.Become(from, until, Read(command.DigestAt)!.Value, command.Names);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    private static TimeOnly? Read(string? text) => string.IsNullOrEmpty(text) ? null : TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
