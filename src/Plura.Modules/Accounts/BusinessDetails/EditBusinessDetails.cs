using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Who the business is towards its customers: name, postal address and sender of every mail, country and time zone.</summary>
public sealed record EditBusinessDetails
{
    [Required(ErrorMessage = "Enter the name of your business."), StringLength(120, ErrorMessage = "A business name has at most 120 characters.")]
    public string Name { get; set; } = "";

    [StringLength(300, ErrorMessage = "A postal address has at most 300 characters.")]
    public string? PostalAddress { get; set; }

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
        var account = await db.Accounts.FirstAsync(a => a.Id == tenant.Id, ct);
        account.Describe(command.Name, command.PostalAddress, command.SenderName, command.SenderEmail, command.Country, command.TimeZone);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
