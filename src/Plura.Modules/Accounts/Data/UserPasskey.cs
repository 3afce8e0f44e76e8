using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A passkey of a person: its public key, the name they gave it, and when it last opened the door.</summary>
[SharedAcrossTenants("Belongs to the person, and is asked for before an account is chosen.")]
public sealed class UserPasskey : IdentityUserPasskey<Guid>
{
    public DateTimeOffset? LastUsedAt { get; private set; }
}

public sealed class UserPasskeyConfiguration : IEntityTypeConfiguration<UserPasskey>
{
    public void Configure(EntityTypeBuilder<UserPasskey> builder)
    {
        builder.ToTable("user_passkey", "accounts");
        builder.HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(1024);
        builder.HasIndex(p => p.UserId);
        builder.OwnsOne(p => p.Data, data => data.ToJson());
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
