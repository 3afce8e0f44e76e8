using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Automations.Data;

/// <summary>
/// One contact in one automation. While it is under way its row says where it stands and when it goes on; the engine reads and writes it in batches, and whoever
/// holds the row moves it.
/// </summary>
public sealed class Run : ITenantOwned
{
    private Run()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid AutomationId { get; private set; }

    public int Version { get; private set; }

    public Guid ContactId { get; private set; }

    /// <summary>Which time the contact is in this automation, from 1.</summary>
    public int Entry { get; private set; }

    /// <summary>What took the contact in: a kind of happening, or a word of <see cref="Contracts.Cause"/>.</summary>
    public string Cause { get; private set; } = "";

    /// <summary>Of which thing, by which person or which automation.</summary>
    public Guid? CauseId { get; private set; }

    /// <summary>How often the run went back to an earlier step.</summary>
    public int Pass { get; private set; }

    /// <summary>The step that it stands before; null where it has ended, or where nothing comes after.</summary>
    public Guid? StepId { get; private set; }

    /// <summary>When it goes on; null where it has ended, or waits for something without an end.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>For which happening it waits; null for none.</summary>
    public string? Awaits { get; private set; }

    /// <summary>The happening that it waited for came: its step is asked again.</summary>
    public bool Woken { get; private set; }

    /// <summary>Failed tries of the step that it stands before.</summary>
    public int Attempt { get; private set; }

    /// <summary>See <see cref="RunStates"/>.</summary>
    public string State { get; private set; } = RunStates.Going;

    /// <summary>Why it stopped, or why its step failed: a stable word.</summary>
    public string? Reason { get; private set; }

    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>When it came to where it stands, or ended.</summary>
    public DateTimeOffset Since { get; private set; }
}

/// <summary>Where a run stands. Stored as text.</summary>
public static class RunStates
{
    public const string Going = "going";
    public const string Done = "done";

    /// <summary>Somebody or something took the contact out before the end.</summary>
    public const string Stopped = "stopped";

    /// <summary>A step could not be done, again and again: it waits for a person.</summary>
    public const string Failed = "failed";
}

/// <summary>A step that a run passed, or tried: the run's history.</summary>
[AppendOnly]
public sealed class Passage : ITenantOwned
{
    private Passage()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid RunId { get; private set; }

    public Guid StepId { get; private set; }

    public int Pass { get; private set; }

    public int Attempt { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>A stable word: <c>done</c>, <c>waits</c>, <c>branch</c>, <c>failed</c> …</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>Ids and words, as JSON; never what somebody wrote.</summary>
    public string? Detail { get; private set; }
}

/// <summary>How often a step was passed, for the figures on the drawing.</summary>
public sealed class StepTally : ITenantOwned
{
    private StepTally()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid AutomationId { get; private set; }

    public Guid StepId { get; private set; }

    public long Passed { get; private set; }

    public long Failed { get; private set; }

    /// <summary>How many turns it gave, where it goes round among several.</summary>
    public long Turns { get; private set; }
}

/// <summary>Something that happened to a contact and was not looked at yet. Rows are read in the order of their numbers and deleted.</summary>
public sealed class Happening : ITenantOwned
{
    private Happening()
    {
    }

    public Guid TenantId { get; private set; }

    public long Id { get; private set; }

    public string Kind { get; private set; } = "";

    public Guid ContactId { get; private set; }

    public Guid? ThingId { get; private set; }

    public static Happening Of(Contracts.Happened happened) => new() { Kind = happened.Kind, ContactId = happened.ContactId, ThingId = happened.ThingId };
}

public sealed class RunConfiguration : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.TenantTable("automations", "run");
        builder.HasStorageParameter("fillfactor", 70);
        builder.HasOne<AutomationVersion>().WithMany().HasForeignKey(r => new { r.TenantId, r.AutomationId, r.Version }).OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_run_version");
        // Of two that take a contact in at once, one does.
        builder.HasIndex(r => new { r.TenantId, r.AutomationId, r.ContactId, r.Entry }).IsUnique().HasDatabaseName("run_entry");
        builder.HasIndex(r => new { r.TenantId, r.WakeAt, r.Id }).HasFilter("wake_at is not null").HasDatabaseName("run_due");
        builder.HasIndex(r => new { r.TenantId, r.ContactId }).HasDatabaseName("run_contact");
        builder.HasIndex(r => new { r.TenantId, r.AutomationId, r.StepId }).HasFilter("state = 'going'").HasDatabaseName("run_standing");
        builder.HasIndex(r => new { r.TenantId, r.AutomationId, r.State, r.Since, r.Id }).HasDatabaseName("run_list");
    }
}

public sealed class PassageConfiguration : IEntityTypeConfiguration<Passage>
{
    public void Configure(EntityTypeBuilder<Passage> builder)
    {
        builder.TenantTable("automations", "passage");
        builder.Property(p => p.Detail).HasColumnType("jsonb");
        builder.HasIndex(p => new { p.TenantId, p.RunId, p.Id });
        builder.HasOne<Run>().WithMany().HasForeignKey(p => new { p.TenantId, p.RunId }).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class StepTallyConfiguration : IEntityTypeConfiguration<StepTally>
{
    public void Configure(EntityTypeBuilder<StepTally> builder)
    {
        builder.ToTable("step_tally", "automations");
        builder.HasKey(t => new { t.TenantId, t.AutomationId, t.StepId });
        builder.HasStorageParameter("fillfactor", 50);
        builder.HasOne<Automation>().WithMany().HasForeignKey(t => new { t.TenantId, t.AutomationId }).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class HappeningConfiguration : IEntityTypeConfiguration<Happening>
{
    public void Configure(EntityTypeBuilder<Happening> builder)
    {
        builder.TenantTable("automations", "happening");
        builder.Property(h => h.Id).ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
    }
}
