using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Core;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Makes or changes an app of the agency's; a secret, where it keeps one, can be read in the answer alone.</summary>
public sealed record KeepApp
{
    /// <summary>Null makes a new one.</summary>
    public Guid? Id { get; set; }

    [Required(ErrorMessage = "Give the app the name that people know it by."), StringLength(OAuthApp.LongestName, ErrorMessage = "Keep the name under 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary>Whole addresses, one in a line.</summary>
    public string? Returns { get; set; }

    /// <summary>The most that it may ask an account for.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary><c>server</c> keeps a secret, <c>device</c> cannot; it cannot be changed later.</summary>
    [RegularExpression("server|device", ErrorMessage = "Choose where the app runs.")]
    public string Kind { get; set; } = "server";
}

/// <param name="Id">The app's.</param>
/// <param name="Secret">Null where it keeps none, or was only changed.</param>
public sealed record KeptApp(Guid Id, string? Secret);

public sealed class KeepAppHandler(PluraDb db, CurrentAgency agency, Actor actor, ScopeBook book, OpenIddictApplicationManager<OAuthApp> library, IAudit audit, TimeProvider clock)
{
    /// <summary>More than an agency has programs of its own.</summary>
    public const int Most = 50;

    public async Task<Result<KeptApp>> Handle(KeepApp command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var returns = ReturnAddresses.Read(command.Returns);
        if (returns.Refusal is { } wrong)
            return wrong;
        var known = book.All.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var scopes = command.Scopes.Where(known.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (scopes.Count == 0)
            return Refusal.Invalid("app.scopes", "Choose at least one thing that the app may ask for.", nameof(command.Scopes));
        var (mine, now) = (agency.Id, clock.GetUtcNow());
        if (command.Id is { } id)
        {
            if (await db.OAuthApps.FirstOrDefaultAsync(a => a.Id == id && a.AgencyId == mine, ct) is not { } kept)
                return AppSecretHandler.Gone;
            kept.Describe(command.Name, returns.Value, scopes);
            audit.Note("agency.keep_app", id);
            await library.UpdateAsync(kept, ct);
            return new KeptApp(id, null);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two who ask at once must not both find the last place.
        await db.Database.ExecuteSqlAsync($"select from accounts.agency where id = {mine} for no key update", ct);
        if (await db.OAuthApps.CountAsync(a => a.AgencyId == mine, ct) >= Most)
            return Refusal.Limit("app.many", $"An agency has at most {Most} apps, and this one has them. Delete one that no account uses any more, then make the new one.");
        var app = OAuthApp.Make(mine, "app-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)), command.Kind == "server", actor.Id, now);
        app.Describe(command.Name, returns.Value, scopes);
        var secret = app.KeepsSecret ? AppSecretHandler.Fresh() : null;
        audit.Note("agency.keep_app", app.Id);
        // The library hashes the secret, and saves.
        await library.CreateAsync(app, secret, ct);
        await transaction.CommitAsync(ct);
        return new KeptApp(app.Id, secret);
    }
}
