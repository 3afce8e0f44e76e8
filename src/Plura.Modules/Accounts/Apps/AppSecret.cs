using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Core;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A new secret in the place of the old one, which stops at once. The answer is the only time it can be read.</summary>
public sealed record AppSecret
{
    public Guid Id { get; set; }
}

public sealed class AppSecretHandler(PluraDb db, CurrentAgency agency, OpenIddictApplicationManager<OAuthApp> library, IAudit audit, TimeProvider clock)
{
    internal static readonly Refusal Gone = Refusal.NotFound("app.unknown", "There is no such app any more.");

    public async Task<Result<string>> Handle(AppSecret command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var mine = agency.Id;
        if (await db.OAuthApps.FirstOrDefaultAsync(a => a.Id == command.Id && a.AgencyId == mine, ct) is not { KeepsSecret: true } app)
            return Gone;
        var secret = Fresh();
        app.NewSecret(clock.GetUtcNow());
        audit.Note("agency.app_secret", app.Id);
        await library.UpdateAsync(app, secret, ct);
        return secret;
    }

    internal static string Fresh() => "sec-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
