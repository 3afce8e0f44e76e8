using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

[SharedAcrossTenants("Belongs to the person.")]
public sealed class UserClaim : IdentityUserClaim<Guid>;

[SharedAcrossTenants("Belongs to the person.")]
public sealed class UserLogin : IdentityUserLogin<Guid>
{
    /// <summary>When it was connected.</summary>
    public DateTimeOffset Since { get; set; }
}

[SharedAcrossTenants("Belongs to the person.")]
public sealed class UserToken : IdentityUserToken<Guid>;

public sealed class UserClaimConfiguration : IEntityTypeConfiguration<UserClaim>
{
    public void Configure(EntityTypeBuilder<UserClaim> builder)
    {
        builder.ToTable("user_claim", "accounts");
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId);
    }
}

public sealed class UserLoginConfiguration : IEntityTypeConfiguration<UserLogin>
{
    public void Configure(EntityTypeBuilder<UserLogin> builder)
    {
        builder.ToTable("user_login", "accounts");
        builder.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        // Also for a version before this one that still runs beside it.
        builder.Property(l => l.Since).HasDefaultValueSql("now()");
        builder.HasOne<User>().WithMany().HasForeignKey(l => l.UserId);
    }
}

public sealed class UserTokenConfiguration : IEntityTypeConfiguration<UserToken>
{
    public void Configure(EntityTypeBuilder<UserToken> builder)
    {
        builder.ToTable("user_token", "accounts");
        builder.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.UserId);
    }
}
