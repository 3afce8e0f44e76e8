using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Who the business is towards its customers: name, postal address and sender of every mail, telephone and website, country and time zone.</summary>
public sealed record EditBusinessDetails
{
    [Required(ErrorMessage = "Enter the name of your business."), StringLength(120, ErrorMessage = "A business name has at most 120 characters.")]
    public string Name { get; set; } = "";

    [StringLength(300, ErrorMessage = "A postal address has at most 300 characters.")]
    public string? PostalAddress { get; set; }

    [StringLength(40, ErrorMessage = "A telephone number has at most 40 characters."), RegularExpression("^[+0-9][0-9 ()/.-]{4,}$", ErrorMessage = "This does not look like a telephone number.")]
    public string? Phone { get; set; }

    /// <summary>With or without https:// in front.</summary>
    [StringLength(200, ErrorMessage = "A website's address has at most 200 characters.")]
    public string? Website { get; set; }

    [Required(ErrorMessage = "Enter the name that people see as the sender."), StringLength(120, ErrorMessage = "A sender's name has at most 120 characters.")]
    public string SenderName { get; set; } = "";

    [Required(ErrorMessage = "Enter the address that mails come from."), EmailAddress(ErrorMessage = "This does not look like an e-mail address.")]
    public string SenderEmail { get; set; } = "";

    [Required(ErrorMessage = "Choose your country."), RegularExpression("^[A-Z]{2}$", ErrorMessage = "Choose your country from the list.")]
    public string Country { get; set; } = "";

    [Required(ErrorMessage = "Choose your time zone.")]
    public string TimeZone { get; set; } = "";
}

public sealed class EditBusinessDetailsHandler(PluraDb db, Tenant tenant)
{
    public async Task<Result> Handle(EditBusinessDetails command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(command.TimeZone) is null)
            return Refusal.Invalid("business.time_zone", "Choose your time zone from the list.", nameof(command.TimeZone));
        if (command.Website is { } typed && Site(typed) is null)
            return Refusal.Invalid("business.website", "This does not look like a website's address, such as www.example.com.", nameof(command.Website));
        var account = await db.Accounts.FirstAsync(a => a.Id == tenant.Id, ct);
        account.Describe(command.Name, command.PostalAddress, command.SenderName, command.SenderEmail, command.Country, command.TimeZone);
        account.Reach(command.Phone, command.Website is { } site ? Site(site) : null);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }

    private static string? Site(string typed)
    {
        var whole = typed.Contains("://", StringComparison.Ordinal) ? typed : "https://" + typed;
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" } && uri.Host.Contains('.', StringComparison.Ordinal) && uri.UserInfo.Length == 0 ? whole : null;
    }
}
