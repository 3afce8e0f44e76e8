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
    public string Name { get; private set; } = "";

    /// <summary>How we know that the person is at least 16; the year itself is not kept.</summary>
    public string AgeMethod { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public static User Join(string name, string email, string ageMethod, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Name = name,
        Email = email,
        UserName = email,
        AgeMethod = ageMethod,
        CreatedAt = now,
        LockoutEnabled = true,
        SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
    };
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
