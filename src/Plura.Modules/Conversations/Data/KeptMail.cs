using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>A mail that nobody here understood, as it came and as ciphertext, until somebody looks or its days are over.</summary>
[SharedAcrossTenants("A mail that is not understood often names no account. Whoever runs the installation sees that it is there, and why; never what it says.")]
public sealed class KeptMail
{
    private KeptMail()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>To whose address it was sent, where that is known; it is then sealed under that account's key, else under the installation's.</summary>
    public Guid? AccountId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Why it was not understood: the code of the refusal.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>How many bytes it had as it came.</summary>
    public int Size { get; private set; }

    /// <summary>SHA-256 of the whole: what is delivered twice is kept once.</summary>
    public byte[] Digest { get; private set; } = [];

    /// <summary>Only its head was kept.</summary>
    public bool OnlyItsHead { get; private set; }

    /// <summary>The address that the mail server took it for, and the mail.</summary>
    public byte[] Sealed { get; private set; } = [];

    public static KeptMail Of(Guid id, Guid? account, string reason, int size, byte[] digest, bool onlyItsHead, byte[] sealedMail, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = account,
        At = now,
        Reason = reason,
        Size = size,
        Digest = digest,
        OnlyItsHead = onlyItsHead,
        Sealed = sealedMail,
    };

    /// <summary>It was tried again, and this is why it still is not understood.</summary>
    public void Tried(string reason) => Reason = reason;
}

public sealed class KeptMailConfiguration : IEntityTypeConfiguration<KeptMail>
{
    public void Configure(EntityTypeBuilder<KeptMail> builder)
    {
        builder.ToTable("kept_mail", "conversations");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.HasIndex(m => m.Digest).IsUnique().HasDatabaseName("kept_mail_once");
        builder.HasIndex(m => m.At).HasDatabaseName("kept_mail_newest");
        builder.HasIndex(m => m.AccountId).HasDatabaseName("kept_mail_of_account");
    }
}
