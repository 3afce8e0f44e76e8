using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Automations.Data;

/// <summary>What happens by itself when something happens: a flow that is drawn, and the version of it that runs.</summary>
public sealed class Automation : ITenantOwned
{
    public const int LongestName = 120;

    private Automation()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The flow as it is being drawn: <see cref="Automations.Flow"/> as JSON.</summary>
    public string Draft { get; private set; } = "";

    /// <summary>Counts up with each change of the draft: whoever changes an older one is refused.</summary>
    public int DraftNumber { get; private set; }

    /// <summary>The version that new runs get; null before the first one.</summary>
    public int? Published { get; private set; }

    /// <summary>Of which draft it was made: another number now says that there are changes which do not run yet.</summary>
    public int? PublishedDraft { get; private set; }

    /// <summary>Since when it takes contacts in; null while it is off. Whoever is in it goes on.</summary>
    public DateTimeOffset? OnSince { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public static Automation New(string name, string draft, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Name = name, Draft = draft, DraftNumber = 1, CreatedAt = now, ChangedAt = now };

    public void Draw(string draft, DateTimeOffset now) => (Draft, DraftNumber, ChangedAt) = (draft, DraftNumber + 1, now);

    public void Rename(string name, DateTimeOffset now) => (Name, ChangedAt) = (name, now);

    /// <summary>The next version, made of the draft as it stands, takes contacts in from now on.</summary>
    public int Publish(DateTimeOffset now)
    {
        (Published, PublishedDraft, OnSince, ChangedAt) = ((Published ?? 0) + 1, DraftNumber, OnSince ?? now, now);
        return Published.Value;
    }

    public void TurnOn(DateTimeOffset now) => OnSince ??= now;

    public void TurnOff() => OnSince = null;

    public void Delete(DateTimeOffset now) => (DeletedAt, OnSince) = (now, null);
}

/// <summary>A flow as it was published; a run keeps the version that it began with.</summary>
[AppendOnly]
public sealed class AutomationVersion : ITenantOwned
{
    private AutomationVersion()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid AutomationId { get; private set; }

    public int Number { get; private set; }

    /// <summary>The draft as people drew it.</summary>
    public string Drawn { get; private set; } = "";

    /// <summary>The same with what its steps stored when it was published: what runs.</summary>
    public string Flow { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    /// <summary>The person, or null for a program.</summary>
    public Guid? ById { get; private set; }

    public static AutomationVersion Of(Guid automation, int number, string drawn, string flow, Guid? by, DateTimeOffset now) =>
        new() { AutomationId = automation, Number = number, Drawn = drawn, Flow = flow, ById = by, At = now };
}

/// <summary>What an account's automations begin with or wait for just now: what nobody listens to is not written down where many change at once.</summary>
public sealed class Listening : ITenantOwned
{
    private Listening()
    {
    }

    public Guid TenantId { get; private set; }

    public string Kind { get; private set; } = "";

    public static Listening For(string kind) => new() { Kind = kind };
}

public sealed class AutomationConfiguration : IEntityTypeConfiguration<Automation>
{
    public void Configure(EntityTypeBuilder<Automation> builder)
    {
        builder.TenantTable("automations", "automation");
        builder.Property(a => a.Draft).HasColumnType("jsonb");
        builder.Property(a => a.DraftNumber).IsConcurrencyToken();
        builder.HasIndex(a => new { a.TenantId, a.ChangedAt });
    }
}

public sealed class AutomationVersionConfiguration : IEntityTypeConfiguration<AutomationVersion>
{
    public void Configure(EntityTypeBuilder<AutomationVersion> builder)
    {
        builder.ToTable("automation_version", "automations");
        builder.HasKey(v => new { v.TenantId, v.AutomationId, v.Number });
        builder.Property(v => v.Drawn).HasColumnType("jsonb");
        builder.Property(v => v.Flow).HasColumnType("jsonb");
        builder.HasOne<Automation>().WithMany().HasForeignKey(v => new { v.TenantId, v.AutomationId }).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class ListeningConfiguration : IEntityTypeConfiguration<Listening>
{
    public void Configure(EntityTypeBuilder<Listening> builder) => builder.TenantTable("automations", "listening", nameof(Listening.Kind));
}
