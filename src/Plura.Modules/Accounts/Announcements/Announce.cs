using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The operator tells people something for a time: a line above their pages, until they close it.</summary>
public sealed record Announce
{
    [Required(ErrorMessage = "Write what people should know."), StringLength(Announcement.LongestText, ErrorMessage = "An announcement has at most 400 characters.")]
    public string Text { get; set; } = "";

    [Required(ErrorMessage = "Choose who sees it."), RegularExpression("^(everyone|owners|agencies)$", ErrorMessage = "Choose who sees it.")]
    public string Audience { get; set; } = Announcement.Everyone;

    /// <summary>As a browser's field for a moment writes it, in the operator's zone; empty for now.</summary>
    public string? From { get; set; }

    [Required(ErrorMessage = "Say until when.")]
    public string Until { get; set; } = "";
}

public sealed class AnnounceHandler(PluraDb db, Actor actor, Viewer viewer, TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public async Task<Result<Guid>> Handle(Announce command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        if (Moment(command.Until) is not { } until)
            return Refusal.Invalid("announcement.until", "Say until when, with day and time.", nameof(command.Until));
        var from = now;
        if (command.From is not null && Moment(command.From) is not { } asked)
            return Refusal.Invalid("announcement.from", "Enter a day and a time, or leave it empty to begin now.", nameof(command.From));
        else if (command.From is not null)
            from = Moment(command.From)!.Value;
        if (until <= now || until <= from)
            return Refusal.Invalid("announcement.past", "It must end after it begins, and not in the past.", nameof(command.Until));
        if (until - from > Longest)
            return Refusal.Invalid("announcement.long", "An announcement stands for at most 90 days: people stop seeing what is always there.", nameof(command.Until));
        var announcement = Announcement.Make(command.Text, command.Audience, from, until, actor.Id, now);
        db.Announcements.Add(announcement);
        await db.SaveChangesAsync(ct);
        return announcement.Id;
    }

    private DateTimeOffset? Moment(string text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 2000 or > 9000)
            return null;
        return viewer.Zone.MomentOf(local);
    }
}

/// <summary>An announcement is seen no longer.</summary>
public sealed record EndAnnouncement
{
    public Guid Id { get; set; }
}

public sealed class EndAnnouncementHandler(PluraDb db, TimeProvider clock)
{
    public async Task<Result> Handle(EndAnnouncement command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Announcements.FirstOrDefaultAsync(a => a.Id == command.Id, ct) is not { } announcement)
            return Refusal.NotFound("announcement.unknown", "There is no such announcement.");
        announcement.End(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
