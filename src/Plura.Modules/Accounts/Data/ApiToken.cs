using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A private integration token (<c>pit-…</c>). Only its hash is kept: it is shown once, when it is made or rotated.</summary>
[SharedAcrossTenants("The token names the account.")]
public sealed class ApiToken
{
    public const string Prefix = "pit-";
    public const int LongestName = 80;

    /// <summary>How long the old one still works after a rotation, so that nobody must change two machines in the same second.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    private ApiToken()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Who made it: it never may more than they may at the moment. Null where the machine's own command line made it. Without a foreign key: a token of somebody who is gone must stop, not become nobody's.</summary>
    public Guid? MadeBy { get; private set; }

    /// <summary>SHA-256 of the token: it holds 256 random bits, so a slow hash would protect nothing more.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Its last four characters, by which people tell it from others.</summary>
    public string Ending { get; private set; } = "";

    /// <summary>Permissions separated by blanks; <c>*</c> for all.</summary>
    public string Scopes { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>How many days it lasts, from its making and again from each rotation; null for one that does not end by itself.</summary>
    public int? Days { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When the account's people were told that it ends soon.</summary>
    public DateTimeOffset? ToldAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>The network it came from, cut as that of a session.</summary>
    public string? LastUsedFrom { get; private set; }

    /// <summary>How many calls were made with it.</summary>
    public long Uses { get; private set; }

    public DateTimeOffset? RotatedAt { get; private set; }

    /// <summary>The one that the last rotation replaced.</summary>
    public byte[]? OldHash { get; private set; }

    public DateTimeOffset? OldEndsAt { get; private set; }

    /// <summary>When the replaced one was last used: whether some machine still has it.</summary>
    public DateTimeOffset? OldUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>This person made it, and it acts in their name.</summary>
    public bool IsOf(Actor actor) => actor.Kind == ActorKind.User && actor.Id is not null && MadeBy == actor.Id;

    /// <param name="days">How long it lasts; null for ever.</param>
    public static (ApiToken Row, string Token) Issue(Guid accountId, string name, string scopes, DateTimeOffset now, Guid? madeBy = null, int? days = null)
    {
        var token = Fresh();
        var row = new ApiToken
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Name = name,
            MadeBy = madeBy,
            Hash = HashOf(token),
            Ending = token[^4..],
            Scopes = scopes,
            CreatedAt = now,
            Days = days,
            ExpiresAt = End(now, days),
        };
        return (row, token);
    }

    /// <summary>A new one in its place; the old one works on for <see cref="Overlap"/>, if it would have lasted so long. One that was replaced before ends now.</summary>
    public string Rotate(DateTimeOffset now)
    {
        var token = Fresh();
        (OldHash, OldEndsAt, OldUsedAt) = (Hash, ExpiresAt is { } ends && ends < now + Overlap ? ends : now + Overlap, LastUsedAt);
        (Hash, Ending, RotatedAt, ExpiresAt, ToldAt) = (HashOf(token), token[^4..], now, End(now, Days), null);
        return token;
    }

    /// <summary>Does not wait for the end of the overlap; answers false where none waits.</summary>
    public bool EndOld(DateTimeOffset now)
    {
        if (OldEndsAt is null || OldEndsAt <= now)
            return false;
        OldEndsAt = now;
        return true;
    }

    /// <summary>The account's people were told that it ends soon.</summary>
    public void Told(DateTimeOffset now) => ToldAt = now;

    /// <summary>Whether it has the form of one of ours; what an app brings has another.</summary>
    public static bool Looks(string token) => token.Length == Prefix.Length + 64 && token.StartsWith(Prefix, StringComparison.Ordinal);

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static DateTimeOffset? End(DateTimeOffset from, int? days) => days is { } known ? from.AddDays(known) : null;

    private static string Fresh() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}

public sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_token", "accounts");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Ending).HasDefaultValue("");
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => t.OldHash).IsUnique();
        builder.HasIndex(t => t.ExpiresAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
