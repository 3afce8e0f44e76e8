using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A private integration token (<c>pit-…</c>). Only its hash is kept: it is shown once, when it is made.</summary>
[SharedAcrossTenants("The token names the account.")]
public sealed class ApiToken
{
    private ApiToken()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the token: it holds 256 random bits, so a slow hash would protect nothing more.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Permissions separated by blanks; <c>*</c> for all.</summary>
    public string Scopes { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static (ApiToken Row, string Token) Issue(Guid accountId, string name, string scopes, DateTimeOffset now)
    {
        var token = "pit-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var row = new ApiToken
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Name = name,
            Hash = HashOf(token),
            Scopes = scopes,
            CreatedAt = now,
        };
        return (row, token);
    }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

public sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_token", "accounts");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
