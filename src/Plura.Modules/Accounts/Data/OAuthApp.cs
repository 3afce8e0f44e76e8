using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using Plura.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Plura.Accounts.Data;

/// <summary>A program of an agency's that accounts of this agency can connect by OAuth. The protocol's own values stand in the base, as its library reads them.</summary>
[SharedAcrossTenants("An app belongs to an agency and works in several of its accounts.")]
public sealed class OAuthApp : OpenIddictEntityFrameworkCoreApplication<Guid, AppConnection, AppToken>
{
    public const int LongestName = 60;

    public Guid AgencyId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public Guid? MadeBy { get; private set; }

    /// <summary>When its secret was made; null for one that can keep none (a program on people's own machines).</summary>
    public DateTimeOffset? SecretAt { get; private set; }

    public string Name => DisplayName ?? "";

    public bool KeepsSecret => ClientType == ClientTypes.Confidential;

    /// <summary>Where its people come back to, whole addresses.</summary>
    public IReadOnlyList<string> Returns => Listed(RedirectUris);

    /// <summary>What it may ask accounts for.</summary>
    public IReadOnlyList<string> Scopes => [.. Listed(Permissions).Where(p => p.StartsWith(OpenIddictConstants.Permissions.Prefixes.Scope, StringComparison.Ordinal)).Select(p => p[OpenIddictConstants.Permissions.Prefixes.Scope.Length..])];

    public static OAuthApp Make(Guid agencyId, string clientId, bool keepsSecret, Guid? madeBy, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AgencyId = agencyId,
        ClientId = clientId,
        ClientType = keepsSecret ? ClientTypes.Confidential : ClientTypes.Public,
        // "Web" is what makes the library compare a return address letter by letter.
        ApplicationType = ApplicationTypes.Web,
        ConsentType = ConsentTypes.Explicit,
        Requirements = JsonSerializer.Serialize<string[]>([OpenIddictConstants.Requirements.Features.ProofKeyForCodeExchange]),
        MadeBy = madeBy,
        CreatedAt = now,
        SecretAt = keepsSecret ? now : null,
    };

    public void Describe(string name, IEnumerable<string> returns, IEnumerable<string> scopes)
    {
        DisplayName = name;
        RedirectUris = JsonSerializer.Serialize(returns);
        Permissions = JsonSerializer.Serialize<string[]>(
        [
            OpenIddictConstants.Permissions.Endpoints.Authorization, OpenIddictConstants.Permissions.Endpoints.Token, OpenIddictConstants.Permissions.Endpoints.Revocation,
            OpenIddictConstants.Permissions.GrantTypes.AuthorizationCode, OpenIddictConstants.Permissions.GrantTypes.RefreshToken, OpenIddictConstants.Permissions.ResponseTypes.Code,
            .. scopes.Select(s => OpenIddictConstants.Permissions.Prefixes.Scope + s),
        ]);
    }

    public void NewSecret(DateTimeOffset now) => SecretAt = now;

    internal static IReadOnlyList<string> Listed(string? json) => string.IsNullOrEmpty(json) ? [] : JsonSerializer.Deserialize<string[]>(json)!;
}

public sealed class OAuthAppConfiguration : IEntityTypeConfiguration<OAuthApp>
{
    public void Configure(EntityTypeBuilder<OAuthApp> builder)
    {
        new OpenIddictEntityFrameworkCoreApplicationConfiguration<OAuthApp, AppConnection, AppToken, Guid>().Configure(builder);
        builder.ToTable("oauth_app", "accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Ignore(a => a.Name).Ignore(a => a.Returns).Ignore(a => a.Scopes).Ignore(a => a.KeepsSecret);
        builder.HasIndex(a => a.AgencyId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(a => a.AgencyId).OnDelete(DeleteBehavior.Cascade);
    }
}
