using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Accounts.Data;

/// <summary>Something that points at misuse: which, how heavily it weighs, what was counted, when. A person reads it; alone it does nothing.</summary>
[SharedAcrossTenants("Read at the operator's desk, and before an account is entered. Codes and counts; networks only as a keyed hash.")]
public sealed class MisuseSignal
{
    /// <summary>Signals are of use while somebody may ask why; after that they go.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private MisuseSignal()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Null for a signal about a network and nobody's account.</summary>
    public Guid? AccountId { get; private set; }

    /// <summary>The network's keyed hash, where the signal is about one.</summary>
    public string? Network { get; private set; }

    public string Code { get; private set; } = "";

    public int Weight { get; private set; }

    /// <summary>Counts and names of settings as JSON; never names, addresses or networks.</summary>
    public string Facts { get; private set; } = "{}";

    public DateTimeOffset At { get; private set; }

    public static MisuseSignal Of(Guid? account, string? network, string code, int weight, string facts, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), AccountId = account, Network = network, Code = code, Weight = weight, Facts = facts, At = now };
}

public sealed class MisuseSignalConfiguration : IEntityTypeConfiguration<MisuseSignal>
{
    public void Configure(EntityTypeBuilder<MisuseSignal> builder)
    {
        builder.ToTable("misuse_signal", "accounts");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Facts).HasColumnType("jsonb");
        builder.HasIndex(s => new { s.AccountId, s.At });
        builder.HasIndex(s => s.At);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Somebody signed up, failed to sign in from a network, or made us write to an address: kept for two days, so that many of them can be counted.</summary>
[SharedAcrossTenants("Counted before anybody is signed in. Keyed hashes and times only, gone after two days.")]
public sealed class NetworkTrace
{
    public const string SignUp = "sign_up";
    public const string FailedSignIn = "failed_sign_in";

    /// <summary>A letter that anybody can ask for by typing in an address.</summary>
    public const string Letter = "letter";

    public static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    private NetworkTrace()
    {
    }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>The network's keyed hash; null where it says nothing (this machine, a proxy in the house).</summary>
    public string? Network { get; private set; }

    /// <summary>The keyed hash of the e-mail address that was typed.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The keyed hash of the address's domain; null where thousands of strangers share it.</summary>
    public string? Domain { get; private set; }

    /// <summary>The account that a sign-up opened.</summary>
    public Guid? AccountId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static NetworkTrace Of(string kind, string? network, string subject, string? domain, Guid? account, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = kind, Network = network, Subject = subject, Domain = domain, AccountId = account, At = now };
}

public sealed class NetworkTraceConfiguration : IEntityTypeConfiguration<NetworkTrace>
{
    public void Configure(EntityTypeBuilder<NetworkTrace> builder)
    {
        builder.ToTable("network_trace", "accounts");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasIndex(t => new { t.Kind, t.Network, t.At });
        builder.HasIndex(t => new { t.Kind, t.Domain, t.At });
        builder.HasIndex(t => t.At);
    }
}
