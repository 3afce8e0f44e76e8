using System.Globalization;
using NodaTime;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Where somebody lives and since when, as creating and editing take it: null leaves a part as it is, empty text empties it.</summary>
public abstract record PersonDetails : PostalDetails
{
    /// <summary>Below it nobody gets marketing.</summary>
    public const int FullAge = 18;

    /// <summary>As <c>1984-05-02</c>.</summary>
    [KeepBlanks]
    public string? DateOfBirth { get; set; }

    /// <summary>An IANA name: <c>Europe/Berlin</c>.</summary>
    [KeepBlanks]
    public string? TimeZone { get; set; }

    public Refusal? CheckDetails(DateOnly today)
    {
        Refusal? wrong = null;
        if (!string.IsNullOrWhiteSpace(DateOfBirth) && Day(DateOfBirth, today) is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid("contact.date_of_birth", "A date of birth is a day in the past, written like 1984-05-02.", nameof(DateOfBirth)));
        if (!string.IsNullOrWhiteSpace(TimeZone) && DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone.Trim()) is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid("contact.time_zone", $"“{TimeZone}” is not a time zone. Write it like Europe/Berlin or America/New_York.", nameof(TimeZone)));
        return Refusal.Together(wrong, CheckPlace("contact"));
    }

    /// <summary>Puts what is given on the contact; call only after the check.</summary>
    public void Put(Contact contact, DateOnly today)
    {
        contact.Live(Over(new PostalPlace(contact.Street, contact.PostalCode, contact.City, contact.Region, contact.Country)), TimeZone?.Trim() ?? contact.TimeZone);
        if (DateOfBirth is not null)
            contact.BornOn(Day(DateOfBirth, today));
        // Somebody who is under age by their own date must not get marketing because nobody ticked the box.
        if (contact.DateOfBirth is { } born && born.AddYears(FullAge) > today)
            contact.MarkMinor(true);
    }

    /// <summary>A day of birth that can be: in the past, and not in another age.</summary>
    public static DateOnly? Day(string text, DateOnly today) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1880 && day <= today ? day : null;
}
