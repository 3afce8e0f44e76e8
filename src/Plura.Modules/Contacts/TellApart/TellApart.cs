using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>How the account tells its contacts apart: whether two may share an address, and which address is looked at first when a person is matched.</summary>
public sealed record TellApart
{
    public bool AllowDuplicates { get; set; }

    [Required(ErrorMessage = "Choose which address is looked at first."), RegularExpression("^(email|phone)$", ErrorMessage = "Choose e-mail or phone.")]
    public string MatchFirst { get; set; } = ContactPoint.Email;
}

public sealed class TellApartHandler(PluraDb db, IAudit audit)
{
    public async Task<Result> Handle(TellApart command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var settings = await db.ContactSettings.SingleOrDefaultAsync(ct);
        if (settings is null)
            db.ContactSettings.Add(settings = ContactSettings.Default());
        settings.Set(command.AllowDuplicates, command.MatchFirst);
        audit.Note("contacts.tell_apart", about: null, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["allowDuplicates"] = command.AllowDuplicates ? "yes" : "no",
            ["matchFirst"] = command.MatchFirst,
        });
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
