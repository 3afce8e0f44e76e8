using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenIddict.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using Plura.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Plura.Accounts.Data;

/// <summary>Somebody let an app into an account. Every call of the app is checked against this row: when it is ended, the app is out.</summary>
[SharedAcrossTenants("An app's token names its connection, and the connection names the account.")]
public sealed class AppConnection : OpenIddictEntityFrameworkCoreAuthorization<Guid, OAuthApp, AppToken>
{
    public Guid AccountId { get; private set; }

    /// <summary>Who let it in: the app never may more than they may at the moment.</summary>
    public Guid UserId { get; private set; }

    public DateTimeOffset ConnectedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public string? LastUsedFrom { get; private set; }

    public long Uses { get; private set; }

    /// <summary>What the app was given here.</summary>
    public IReadOnlyList<string> Given => OAuthApp.Listed(Scopes);

    public static AppConnection Of(OAuthApp app, Guid accountId, Guid userId, IEnumerable<string> scopes, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Application = app,
        AccountId = accountId,
        UserId = userId,
        Subject = userId.ToString(),
        Status = Statuses.Valid,
        Type = AuthorizationTypes.Permanent,
        Scopes = JsonSerializer.Serialize(scopes),
        CreationDate = now.UtcDateTime,
        ConnectedAt = now,
    };

    /// <summary>The same person let the same app in again: what was given before stays given, and tokens that are out keep what they had.</summary>
    public void Widen(IEnumerable<string> scopes) => Scopes = JsonSerializer.Serialize(Given.Union(scopes, StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public void End(DateTimeOffset now) => (Status, EndedAt) = (Statuses.Revoked, now);
}

/// <summary>A code, access or refresh token that an app was given: what it is stands here, and the app holds only a reference, whose hash we keep.</summary>
[SharedAcrossTenants("It is looked up before anybody knows whose it is.")]
public sealed class AppToken : OpenIddictEntityFrameworkCoreToken<Guid, OAuthApp, AppConnection>;

/// <summary>A key of the OAuth server's (signing, encryption), sealed under the root key: all nodes use the same, and a restart changes nothing.</summary>
[SharedAcrossTenants("The installation's own.")]
public sealed class OAuthKey
{
    private OAuthKey()
    {
    }

    public string Kind { get; private set; } = "";

    public byte[] SealedKey { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }
}

public sealed class AppConnectionConfiguration : IEntityTypeConfiguration<AppConnection>
{
    public void Configure(EntityTypeBuilder<AppConnection> builder)
    {
        new OpenIddictEntityFrameworkCoreAuthorizationConfiguration<AppConnection, OAuthApp, AppToken, Guid>().Configure(builder);
        builder.ToTable("app_connection", "accounts");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Ignore(c => c.Given);
        builder.HasIndex(c => c.AccountId);
        // Once at a time for an app, an account and a person.
        builder.HasIndex("ApplicationId", nameof(AppConnection.AccountId), nameof(AppConnection.UserId)).IsUnique().HasFilter("ended_at is null");
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class AppTokenConfiguration : IEntityTypeConfiguration<AppToken>
{
    public void Configure(EntityTypeBuilder<AppToken> builder)
    {
        new OpenIddictEntityFrameworkCoreTokenConfiguration<AppToken, OAuthApp, AppConnection, Guid>().Configure(builder);
        builder.ToTable("app_token", "accounts");
    }
}

public sealed class OAuthKeyConfiguration : IEntityTypeConfiguration<OAuthKey>
{
    public void Configure(EntityTypeBuilder<OAuthKey> builder)
    {
        builder.ToTable("oauth_key", "accounts");
        builder.HasKey(k => k.Kind);
    }
}
