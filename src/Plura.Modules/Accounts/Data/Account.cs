using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>A business: the tenant. Its id is what every tenant-owned row carries.</summary>
[SharedAcrossTenants("The account is found by its slug before the scope has a tenant.")]
public sealed class Account
{
    private Account()
    {
    }

    public Guid Id { get; private set; }

    public Guid AgencyId { get; private set; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>ISO 3166 alpha-2.</summary>
    public string Country { get; private set; } = "";

    /// <summary>An IANA zone.</summary>
    public string TimeZone { get; private set; } = "";

    public string? PostalAddress { get; private set; }

    /// <summary>As the business writes it; stands at the foot of its mails where it is given.</summary>
    public string? Phone { get; private set; }

    /// <summary>With https:// in front; stands at the foot of its mails where it is given.</summary>
    public string? Website { get; private set; }

    public string SenderName { get; private set; } = "";

    public string SenderEmail { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The agency's pause; only the agency lifts it. Why stands in an <see cref="AccountPause"/>.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    /// <summary>Closed, and until when it can still be looked at; null while it is open. Who closed it and what follows stands in an <see cref="AccountClosure"/>.</summary>
    public DateTimeOffset? ReadableUntil { get; private set; }

    /// <summary>The operator's stop; only the operator lifts it. Why stands in an <see cref="AccountStop"/>.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>Held because of signals until a person of the operator has looked: messages wait. Why stands in an <see cref="AccountStop"/>.</summary>
    public DateTimeOffset? HeldAt { get; private set; }

    /// <summary>The operator vouches for it: it need not begin with small numbers.</summary>
    public DateTimeOffset? VouchedAt { get; private set; }

    public static Account Open(Guid agencyId, string slug, string name, string country, string timeZone, string senderEmail, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AgencyId = agencyId,
        Slug = slug,
        Name = name,
        Country = country,
        TimeZone = timeZone,
        SenderName = name,
        SenderEmail = senderEmail,
        CreatedAt = now,
    };

    /// <summary>Gives the account another address in the app.</summary>
    public void Move(string slug) => Slug = slug;

    /// <summary>The agency's pause begins: from now on nothing is sent.</summary>
    public void Suspend(DateTimeOffset now) => SuspendedAt ??= now;

    /// <summary>The agency's pause ends; what the operator stopped stays so.</summary>
    public void Resume() => SuspendedAt = null;

    /// <summary>From now on nothing in it changes and nothing is sent.</summary>
    public void Close(DateTimeOffset readableUntil) => ReadableUntil = readableUntil;

    public void Reopen() => ReadableUntil = null;

    public void Obey(AccountStop stop)
    {
        StoppedAt = stop is { Kind: AccountStop.Stopped, Open: true } ? stop.At : null;
        HeldAt = stop is { Kind: AccountStop.Held, Open: true } ? stop.At : null;
    }

    public void Vouch(DateTimeOffset now) => VouchedAt ??= now;

    public void VouchNoMore() => VouchedAt = null;

    public void Describe(string name, string? postalAddress, string senderName, string senderEmail, string country, string timeZone) =>
        (Name, PostalAddress, SenderName, SenderEmail, Country, TimeZone) = (name, postalAddress, senderName, senderEmail, country, timeZone);

    /// <summary>How customers reach the business besides its postal address.</summary>
    public void Reach(string? phone, string? website) => (Phone, Website) = (phone, website);
}

public sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("account", "accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.Slug).IsUnique();
        builder.HasIndex(a => a.AgencyId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(a => a.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}
