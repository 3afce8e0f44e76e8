using System.ComponentModel.DataAnnotations;
using System.Globalization;
using NodaTime;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Where somebody lives and since when, as creating and editing take it: null leaves a part as it is, empty text empties it.</summary>
public abstract record PersonDetails
{
    /// <summary>As <c>1984-05-02</c>.</summary>
    [KeepBlanks]
    public string? DateOfBirth { get; set; }

    /// <summary>An IANA name: <c>Europe/Berlin</c>.</summary>
    [KeepBlanks]
    public string? TimeZone { get; set; }

    [KeepBlanks, StringLength(200, ErrorMessage = "A street has at most 200 characters.")]
    public string? Street { get; set; }

    [KeepBlanks, StringLength(20, ErrorMessage = "A postal code has at most 20 characters.")]
    public string? PostalCode { get; set; }

    [KeepBlanks, StringLength(100, ErrorMessage = "A city has at most 100 characters.")]
    public string? City { get; set; }

    /// <summary>A state, province or county.</summary>
    [KeepBlanks, StringLength(100, ErrorMessage = "A state or region has at most 100 characters.")]
    public string? Region { get; set; }

    /// <summary>ISO 3166 alpha-2: <c>US</c>.</summary>
    [KeepBlanks]
    public string? Country { get; set; }

    public Refusal? CheckDetails(DateOnly today)
    {
        Refusal? wrong = null;
        if (!string.IsNullOrWhiteSpace(DateOfBirth) && Day(DateOfBirth, today) is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid("contact.date_of_birth", "A date of birth is a day in the past, written like 1984-05-02.", nameof(DateOfBirth)));
        if (!string.IsNullOrWhiteSpace(TimeZone) && DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone.Trim()) is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid("contact.time_zone", $"“{TimeZone}” is not a time zone. Write it like Europe/Berlin or America/New_York.", nameof(TimeZone)));
        if (!string.IsNullOrWhiteSpace(Country) && Whereabouts.Country(Country) is null)
            wrong = Refusal.Together(wrong, Refusal.Invalid("contact.country", $"“{Country}” is not a country. Give its two letters, for example US.", nameof(Country)));
        foreach (var (name, text) in ((string, string?)[])[(nameof(Street), Street), (nameof(PostalCode), PostalCode), (nameof(City), City), (nameof(Region), Region)])
        {
            if (text is not null && text.Any(char.IsControl))
                wrong = Refusal.Together(wrong, Refusal.Invalid("contact.text", "An address is written on one line each, without control characters.", name));
        }

        return wrong;
    }

    /// <summary>Puts what is given on the contact; call only after the check.</summary>
    public void Put(Contact contact, DateOnly today)
    {
        contact.Live(
            new PostalPlace(Street?.Trim() ?? contact.Street, PostalCode?.Trim() ?? contact.PostalCode, City?.Trim() ?? contact.City, Region?.Trim() ?? contact.Region, Country is null ? contact.Country : Whereabouts.Country(Country) ?? ""),
            TimeZone?.Trim() ?? contact.TimeZone);
        if (DateOfBirth is not null)
            contact.BornOn(Day(DateOfBirth, today));
        // Somebody who is under age by their own date must not get marketing because nobody ticked the box.
        if (contact.DateOfBirth is { } born && born.AddYears(Whereabouts.FullAge) > today)
            contact.MarkMinor(true);
    }

    /// <summary>A day of birth that can be: in the past, and not in another age.</summary>
    public static DateOnly? Day(string text, DateOnly today) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1880 && day <= today ? day : null;
}
