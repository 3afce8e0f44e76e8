using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A role that an account made for itself: a name and the permissions it gives. The four built-in ones need no row.</summary>
public sealed class Role : ITenantOwned
{
    public const int LongestName = 60;

    private Role()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Names of permissions, separated by blanks. One that no module declares any more gives nothing.</summary>
    public string Permissions { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public static Role Make(string name, IEnumerable<string> permissions, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Name = name, Permissions = Text(permissions), CreatedAt = now };

    public void Change(string name, IEnumerable<string> permissions) => (Name, Permissions) = (name, Text(permissions));

    private static string Text(IEnumerable<string> permissions) => string.Join(' ', permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}

public sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.TenantTable("accounts", "role");
        builder.HasIndex(r => new { r.TenantId, r.Name }).IsUnique();
    }
}
