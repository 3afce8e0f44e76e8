using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>
/// An agency opened an account for a business and asked a person by letter to own it. Nobody is inside until that person has taken it:
/// not the agency either.
/// </summary>
[SharedAcrossTenants("The person who is asked stands in no account yet.")]
public sealed class AccountOffer
{
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    private AccountOffer()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>To whom it is offered; only a person with this confirmed address can take it.</summary>
    public string Email { get; private set; } = "";

    public Guid? OfferedBy { get; private set; }

    public DateTimeOffset OfferedAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public DateTimeOffset? TakenAt { get; private set; }

    public Guid? TakenBy { get; private set; }

    public static AccountOffer Of(Guid accountId, string email, Guid? by, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), AccountId = accountId, Email = email, OfferedBy = by, OfferedAt = now, EndsAt = now + Lasts };

    public void Take(Guid by, DateTimeOffset now) => (TakenAt, TakenBy) = (now, by);
}

public sealed class AccountOfferConfiguration : IEntityTypeConfiguration<AccountOffer>
{
    public void Configure(EntityTypeBuilder<AccountOffer> builder)
    {
        builder.ToTable("account_offer", "accounts");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.HasIndex(o => o.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(o => o.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
