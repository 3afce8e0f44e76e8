using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A person who signs in: global, joined to accounts by memberships.</summary>
[SharedAcrossTenants("A person may belong to several accounts and is known before one is chosen.")]
public sealed class User : IdentityUser<Guid>
{
    /// <summary>How many calendar months a person without any place is known: an invitation may bring them back. The policy gives an account's data 24 at most after it is closed.</summary>
    public const int MonthsWithoutPlace = 6;

    /// <summary>How long a sign-up waits for somebody to say that the address is theirs.</summary>
    public static readonly TimeSpan WaitsForConfirmation = TimeSpan.FromDays(7);

    public string Name { get; private set; } = "";

    /// <summary>How we know that the person is at least 16; the year itself is not kept.</summary>
    public string AgeMethod { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When a place of theirs ended last, in an account or at an agency's desk; PostgreSQL writes it (<c>people.sql</c>). It says nothing about whether they have another.</summary>
    public DateTimeOffset? LastPlaceEndedAt { get; private set; }

    /// <summary>In whose way numbers and dates are written (<c>de</c>); null for the product's own. Its words are English.</summary>
    public string? Language { get; private set; }

    /// <summary>An IANA zone of one's own; null reads each account in its own.</summary>
    public string? TimeZone { get; private set; }

    public void Describe(string name, string? language, string? timeZone) => (Name, Language, TimeZone) = (name, language, timeZone);

    /// <summary>A new password: every session and every link that the old one vouched for ends, and so does a rest after wrong tries.</summary>
    public void TakePassword(string hash)
    {
        PasswordHash = hash;
        (AccessFailedCount, LockoutEnd) = (0, null);
        Mistrust();
    }

    /// <summary>Somebody else knew the password: it opens nothing any more, and a letter leads to the next one.</summary>
    public void LosePassword()
    {
        PasswordHash = null;
        Mistrust();
    }

    /// <summary>Another address, which its owner has confirmed.</summary>
    public void TakeAddress(string email, string normalized)
    {
        (Email, UserName, NormalizedEmail, NormalizedUserName) = (email, email, normalized, normalized);
        EmailConfirmed = true;
        ConcurrencyStamp = Stamp();
    }

    /// <summary>What was signed in or handed out before is worth nothing any more.</summary>
    public void Mistrust() => (SecurityStamp, ConcurrencyStamp) = (Stamp(), Stamp());

    public static User Join(string name, string email, string ageMethod, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Name = name,
        Email = email,
        UserName = email,
        AgeMethod = ageMethod,
        CreatedAt = now,
        LockoutEnabled = true,
        SecurityStamp = Stamp(),
    };

    private static string Stamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}

public sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("user", "accounts");
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasIndex(u => u.NormalizedUserName).IsUnique();
        builder.HasIndex(u => u.NormalizedEmail).IsUnique();
    }
}
