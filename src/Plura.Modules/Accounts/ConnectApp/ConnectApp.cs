using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Lets an app into the scope's account, in the name of whoever acts.</summary>
public sealed record ConnectApp
{
    [Required]
    public string ClientId { get; set; } = "";

    public IReadOnlyList<string> Scopes { get; set; } = [];
}

public sealed class ConnectAppHandler(PluraDb db, Tenant tenant, Actor actor, INotices notices, IAudit audit, TimeProvider clock)
{
    public const string Needs = "account.tokens";

    /// <summary>Answers the connection.</summary>
    public async Task<Result<Guid>> Handle(ConnectApp command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (actor is not { Kind: ActorKind.User, Id: { } person } || !actor.May(Needs))
            return Refusal.Forbidden("app.not_yours", "You may not let programs into this account. Ask its owner.");
        var (account, now) = (tenant.Id, clock.GetUtcNow());
        var accounts = db.Accounts;
        if (await db.OAuthApps.FirstOrDefaultAsync(a => a.ClientId == command.ClientId && accounts.Any(mine => mine.Id == account && mine.AgencyId == a.AgencyId), ct) is not { } app)
            return Refusal.NotFound("app.elsewhere", "This app is not offered to this account.");
        var scopes = command.Scopes.Intersect(app.Scopes, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (scopes.Count == 0)
            return Refusal.Invalid("app.scopes", "The app asks for nothing that it could be given.");

        var connection = await db.AppConnections.FirstOrDefaultAsync(c => c.Application!.Id == app.Id && c.AccountId == account && c.UserId == person && c.EndedAt == null, ct);
        if (connection is null)
            db.AppConnections.Add(connection = AppConnection.Of(app, account, person, scopes, now));
        else
            connection.Widen(scopes);
        notices.Post(AppNotices.Connected, $"{actor.Name} let the app “{app.Name}” into this account. If nobody should have, disconnect it.", AppNotices.Page, "An app was let into your account");
        audit.Note("account.connect_app", connection.Id);
        await db.SaveChangesAsync(ct);
        return connection.Id;
    }
}

internal static class AppNotices
{
    public const string Connected = "app_connected";
    public const string Page = "settings/apps";

    public static readonly NoticeKind Kind = new(Connected, "Somebody let an app in", MailToOwners: true);
}
