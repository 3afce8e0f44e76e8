using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Owns accounts. Signing up makes one with one account, so that a second account never needs a migration of the first.</summary>
[SharedAcrossTenants("An agency stands above its accounts.")]
public sealed class Agency
{
    private Agency()
    {
    }

    public Guid Id { get; private set; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When an account of it ended last; PostgreSQL writes it (<c>people.sql</c>). It says nothing about whether it has another.</summary>
    public DateTimeOffset? EmptySince { get; private set; }

    public static Agency Found(string slug, string name, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Slug = slug, Name = name, CreatedAt = now };
}

public sealed class AgencyConfiguration : IEntityTypeConfiguration<Agency>
{
    public void Configure(EntityTypeBuilder<Agency> builder)
    {
        builder.ToTable("agency", "accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.Slug).IsUnique();
    }
}
