using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>That an account has written texts that leave from a number: who answers a number is found by it, before any account is entered.</summary>
[SharedAcrossTenants("A text comes in for a number, and only then it is known for which account. Our own numbers and ids of accounts only.")]
public sealed class TextNumberUse
{
    /// <summary>One of the installation's own.</summary>
    public string Number { get; private set; } = "";

    public Guid AccountId { get; private set; }

    public DateTimeOffset Since { get; private set; }
}

public sealed class TextNumberUseConfiguration : IEntityTypeConfiguration<TextNumberUse>
{
    public void Configure(EntityTypeBuilder<TextNumberUse> builder)
    {
        builder.ToTable("text_number_use", "messaging");
        builder.HasKey(u => new { u.Number, u.AccountId });
    }
}
