using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>A text that somebody sent us. What it says, and from which number, is ciphertext under that person's key.</summary>
[AppendOnly]
public sealed class ReceivedText : ITenantOwned
{
    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Under whose key it is sealed: the contact at that moment, or the address key where there was none.</summary>
    public Guid SealKey { get; private set; }

    public Guid AddressKey { get; private set; }

    /// <summary>Our own number, to which it was sent.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The provider's id: a message that is told twice is taken once.</summary>
    public string ProviderId { get; private set; } = "";

    /// <summary>See <see cref="TextMeanings"/>.</summary>
    public string Meaning { get; private set; } = "";

    /// <summary>Nonce, tag and ciphertext of <c>{from, text}</c>.</summary>
    public byte[] Sealed { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    public static ReceivedText New(Guid id, Guid sealKey, Guid addressKey, string number, string providerId, string meaning, byte[] sealedText, DateTimeOffset now) => new()
    {
        Id = id,
        SealKey = sealKey,
        AddressKey = addressKey,
        Number = number,
        ProviderId = providerId,
        Meaning = meaning,
        Sealed = sealedText,
        At = now,
    };
}

public sealed class ReceivedTextConfiguration : IEntityTypeConfiguration<ReceivedText>
{
    public void Configure(EntityTypeBuilder<ReceivedText> builder)
    {
        builder.TenantTable("messaging", "received_text");
        builder.HasIndex(t => new { t.TenantId, t.ProviderId }).IsUnique().HasDatabaseName("received_text_once");
        builder.HasIndex(t => new { t.TenantId, t.AddressKey, t.At }).HasDatabaseName("received_text_of_address");
    }
}

/// <summary>
/// A text whose words were taken for a stop although none of them is a keyword: nothing goes to its sender any more, and a person of the account
/// looks whether that is what was meant.
/// </summary>
public sealed class StopReview : ITenantOwned
{
    public Guid TenantId { get; private set; }

    /// <summary>The received text's.</summary>
    public Guid Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>When somebody had looked; null while it waits.</summary>
    public DateTimeOffset? SeenAt { get; private set; }

    /// <summary>Who: a user.</summary>
    public Guid? SeenBy { get; private set; }

    /// <summary>Whether it was a stop, as whoever looked says; null while it waits.</summary>
    public bool? Meant { get; private set; }

    public void See(Guid? by, bool meant, DateTimeOffset now) => (SeenAt, SeenBy, Meant) = (now, by, meant);

    public static StopReview Of(ReceivedText text) => new() { Id = text.Id, At = text.At };
}

public sealed class StopReviewConfiguration : IEntityTypeConfiguration<StopReview>
{
    public void Configure(EntityTypeBuilder<StopReview> builder)
    {
        builder.TenantTable("messaging", "stop_review");
        builder.HasOne<ReceivedText>().WithOne().HasForeignKey<StopReview>(r => new { r.TenantId, r.Id }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.TenantId, r.At }).HasFilter("seen_at is null").HasDatabaseName("stop_review_waiting");
    }
}
