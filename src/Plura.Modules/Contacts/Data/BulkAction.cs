using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>One change of many contacts: which ones, what is done to them, how far it is, and what undo needs to put it back.</summary>
public sealed class BulkAction : ITenantOwned
{
    public const string Tag = "tag";
    public const string Untag = "untag";
    public const string Assign = "assign";
    public const string Field = "field";
    public const string Delete = "delete";

    /// <summary>Into an automation, and out of it.</summary>
    public const string Enrol = "enrol";
    public const string Unenrol = "unenrol";

    /// <summary>Changes nobody: it writes them to a file.</summary>
    public const string Export = "export";

    /// <summary>Counted; a person still says yes.</summary>
    public const string Asked = "asked";
    public const string Running = "running";
    public const string Done = "done";

    /// <summary>It was broken off; what was done until then stays, and it can go on.</summary>
    public const string Failed = "failed";
    public const string Undoing = "undoing";
    public const string Undone = "undone";

    private BulkAction()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary><c>tag</c>, <c>untag</c>, <c>assign</c>, <c>field</c>, <c>delete</c>, <c>enrol</c>, <c>unenrol</c> or <c>export</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Which contacts, as JSON; those that were ticked stand in rows from the start.</summary>
    public string Filter { get; private set; } = "{}";

    /// <summary>What they get, as JSON (see <see cref="BulkValue"/>).</summary>
    public string Value { get; private set; } = "{}";

    /// <summary>Whose contacts whoever asked sees; null for everybody's.</summary>
    public Guid[]? Assignees { get; private set; }

    public string State { get; private set; } = Asked;

    /// <summary>The contacts stand in rows: who fits later is not touched.</summary>
    public bool Chosen { get; private set; }

    public int Total { get; private set; }

    /// <summary>How many were looked at.</summary>
    public int Reached { get; private set; }

    /// <summary>How many were changed by it.</summary>
    public int Changed { get; private set; }

    /// <summary>How many of those the undo put back.</summary>
    public int PutBack { get; private set; }

    /// <summary>Why it was broken off, in a sentence.</summary>
    public string? Failure { get; private set; }

    public string StartedBy { get; private set; } = "";

    public Guid? StartedById { get; private set; }

    public ActorKind StartedByKind { get; private set; }

    public string? UndoneBy { get; private set; }

    public Guid? UndoneById { get; private set; }

    public ActorKind? UndoneByKind { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public static BulkAction New(string kind, string filter, BulkValue value, int total, IReadOnlyList<Guid>? assignees, Actor actor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        Filter = filter,
        Value = JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
        Total = total,
        Assignees = assignees is null ? null : [.. assignees],
        StartedBy = actor.Name,
        StartedById = actor.Id,
        StartedByKind = actor.Kind,
        CreatedAt = now,
    };

    public BulkValue ReadValue() => JsonSerializer.Deserialize<BulkValue>(Value, JsonSerializerOptions.Web)!;

    /// <summary>How many fit when it was asked.</summary>
    public void Count(int total) => Total = total;

    /// <summary>True once somebody asked for its undo.</summary>
    public bool TakenBack => UndoneByKind is not null;

    /// <summary>Begins, or goes on where it was broken off.</summary>
    public void Start() => (State, Failure) = (TakenBack ? Undoing : Running, null);

    /// <summary>An undo that was broken off keeps its counts: it goes on with the rest.</summary>
    public void StartUndo(Actor actor) =>
        (State, Failure, Reached, UndoneBy, UndoneById, UndoneByKind) = (Undoing, null, TakenBack ? Reached : 0, actor.Name, actor.Id, actor.Kind);

    /// <summary>What was reached stays as it is; it can go on from there.</summary>
    public void BreakOff(string why) => (State, Failure) = (Failed, why);

    /// <summary>The job acts for whoever asked.</summary>
    public void ActAs(Actor actor)
    {
        if (UndoneByKind is { } kind)
            actor.Become(kind, UndoneById, UndoneBy!, ["*"]);
        else
            actor.Become(StartedByKind, StartedById, StartedBy, ["*"]);
    }
}

/// <param name="TagId">The tag that is put on or taken off.</param>
/// <param name="TagName">Its name when it was asked for.</param>
/// <param name="Assignee">Who gets the contacts; null for nobody.</param>
/// <param name="AssigneeName">Their name then.</param>
/// <param name="Field">The key of the field that is set.</param>
/// <param name="FieldLabel">What it was called then.</param>
/// <param name="Text">Its new value in its written form; empty where it is emptied.</param>
/// <param name="Shown">The same as people read it.</param>
/// <param name="Automation">The automation that takes them in or lets them go.</param>
/// <param name="AutomationName">Its name then.</param>
/// <param name="Sensitive">A file has also the fields that say something sensitive.</param>
public sealed record BulkValue(Guid? TagId = null, string? TagName = null, Guid? Assignee = null, string? AssigneeName = null, string? Field = null, string? FieldLabel = null, string? Text = null, string? Shown = null, Guid? Automation = null, string? AutomationName = null, bool Sensitive = false)
{
    /// <summary>The own fields of a file, by their keys: settled when it is asked for, so that all its lines have the same columns.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}

/// <summary>So many contacts of a bulk action as are changed in one transaction. Lists, and no row for each contact: to write those would cost as much as the change.</summary>
public sealed class BulkBatch : ITenantOwned
{
    public const short Waiting = 0;
    public const short Done = 1;
    public const short Undone = 2;

    private BulkBatch()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid BulkActionId { get; private set; }

    /// <summary>From zero, in the order of the contacts' ids.</summary>
    public int Number { get; private set; }

    public short State { get; private set; }

    /// <summary>The contacts that were chosen.</summary>
    public Guid[] Contacts { get; private set; } = [];

    /// <summary>Those of them that were changed: others were so already, or are gone.</summary>
    public Guid[] Changed { get; private set; } = [];

    /// <summary>What each of the changed had before, where undo cannot know it otherwise; in an export, its line of the file.</summary>
    public string?[] Before { get; private set; } = [];

    /// <summary>The changed ones with what they had.</summary>
    public IReadOnlyList<BulkChanged> Read() => [.. Changed.Select((id, at) => new BulkChanged(id, Before[at]))];
}

public sealed class BulkActionConfiguration : IEntityTypeConfiguration<BulkAction>
{
    public void Configure(EntityTypeBuilder<BulkAction> builder)
    {
        builder.TenantTable("contacts", "bulk_action");
        builder.Property(a => a.Filter).HasColumnType("jsonb");
        builder.Property(a => a.Value).HasColumnType("jsonb");
        builder.Property(a => a.StartedByKind).HasConversion<string>();
        builder.Property(a => a.UndoneByKind).HasConversion<string>();
        builder.HasIndex(a => new { a.TenantId, a.CreatedAt, a.Id }).IsDescending(false, true, true);
    }
}

public sealed class BulkBatchConfiguration : IEntityTypeConfiguration<BulkBatch>
{
    public void Configure(EntityTypeBuilder<BulkBatch> builder)
    {
        builder.ToTable("bulk_batch", "contacts");
        builder.HasKey(b => new { b.TenantId, b.BulkActionId, b.Number });
        builder.HasOne<BulkAction>().WithMany().HasForeignKey(b => new { b.TenantId, b.BulkActionId }).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The sets of bulk actions, visible only to files that import this namespace.</summary>
public static class BulkActionsDb
{
    extension(PluraDb db)
    {
        public DbSet<BulkAction> BulkActions => db.Set<BulkAction>();

        public DbSet<BulkBatch> BulkBatches => db.Set<BulkBatch>();
    }
}
