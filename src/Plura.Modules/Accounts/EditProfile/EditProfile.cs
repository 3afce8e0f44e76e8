using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>Who a person is to the others, and how they read numbers, dates and times.</summary>
public sealed record EditProfile
{
    [Required(ErrorMessage = "Enter your name."), StringLength(120, ErrorMessage = "A name has at most 120 characters.")]
    public string Name { get; set; } = "";

    /// <summary>One of <see cref="Reading.All"/>; null for the product's own way.</summary>
    public string? Language { get; set; }

    /// <summary>An IANA name; null for the zone of each account.</summary>
    public string? TimeZone { get; set; }
}

public sealed class EditProfileHandler(PluraDb db, Actor actor)
{
    public async Task<Result> Handle(EditProfile command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Language is { } language && Reading.Find(language) is null)
            return Refusal.Invalid("profile.language", "Choose one from the list.", nameof(command.Language));
        if (command.TimeZone is { } zone && NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
            return Refusal.Invalid("profile.time_zone", "Choose your time zone from the list.", nameof(command.TimeZone));
        var user = await db.Users.FirstAsync(u => u.Id == actor.Id, ct);
        user.Describe(command.Name, command.Language, command.TimeZone);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
