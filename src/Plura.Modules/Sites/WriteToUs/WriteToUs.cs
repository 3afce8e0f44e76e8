using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

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

/// <summary>Keeps the words in the operator's own account and posts a letter that knows them by their id.</summary>
public sealed class WriteToUsHandler(PluraDb db, Tenant tenant, IAccountDirectory accounts, ISystemMail mail, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock)
{
    public const string Letter = "contact_form";

    public async Task<Result> Handle(WriteToUs command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;

        tenant.Enter((await accounts.Operator(ct)).Id);
        if (await db.VisitorMessages.AnyAsync(m => m.Id == command.Visit, ct))
            return Result.Done;
        db.VisitorMessages.Add(VisitorMessage.Of(command, clock.GetUtcNow()));
        db.Enqueue(new TakeMessageIn(command.Visit), clock.GetUtcNow());
        // To an address whose mail comes in here, the letter would stand in the same inbox a second time.
        if (!ComesBack(OperatorCard.From(configuration).Email))
            mail.Post(new SystemLetter(Letter, command.Visit, command.Visit, ToOperator: true, new Dictionary<string, string>(StringComparer.Ordinal)));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The other of two clicks was quicker: the same words are on their way.
            db.ChangeTracker.Clear();
        }

        return Result.Done;
    }

    private bool ComesBack(string? address) => address is not null && InboundHost.Of(configuration, environment) is { } host && address.Trim().EndsWith("@" + host, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How the people who run this installation can be reached, from <c>Plura__Operator__…</c>.</summary>
public sealed record OperatorCard(string Name, string? Email, string? Phone, string? Website)
{
    public static OperatorCard From(IConfiguration settings) => new(
        Text(settings, "Name") ?? "PluraOS", Text(settings, "Email"), Text(settings, "Phone"), Text(settings, "Website"));

    private static string? Text(IConfiguration settings, string name) => settings["Plura:Operator:" + name] is { Length: > 0 } text ? text : null;
}
