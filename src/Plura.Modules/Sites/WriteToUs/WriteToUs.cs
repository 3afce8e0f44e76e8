using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Plura.Platform;

namespace Plura.Sites;

/// <summary>A visitor writes to the people who run this installation.</summary>
public sealed record WriteToUs
{
    [Required(ErrorMessage = "Please write your name."), StringLength(120, ErrorMessage = "Please keep the name under 120 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Please write your e-mail address: the answer goes there."), EmailAddress(ErrorMessage = "This is not an e-mail address. It looks like ann@example.com."), StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Please write what it is about."), StringLength(5000, ErrorMessage = "Please keep the message under 5,000 characters.")]
    public string Message { get; set; } = "";

    /// <summary>The visit it belongs to: the same page sent twice is one letter.</summary>
    public Guid Visit { get; set; }
}

public sealed class WriteToUsHandler(PluraDb db, ISystemMail mail)
{
    public async Task<Result> Handle(WriteToUs command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        mail.Post(new SystemLetter("contact_form", command.Visit, command.Visit, ToOperator: true, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = command.Name,
            ["email"] = command.Email,
            ["message"] = command.Message,
        }));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>How the people who run this installation can be reached, from <c>Plura__Operator__…</c>.</summary>
public sealed record OperatorCard(string Name, string? Email, string? Phone, string? Website)
{
    public static OperatorCard From(IConfiguration settings) => new(
        Text(settings, "Name") ?? "PluraOS", Text(settings, "Email"), Text(settings, "Phone"), Text(settings, "Website"));

    private static string? Text(IConfiguration settings, string name) => settings["Plura:Operator:" + name] is { Length: > 0 } text ? text : null;
}
