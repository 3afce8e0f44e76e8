using System.Text.Json;
using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>One uploaded list of contacts: what it looks like, where its columns go, how far it is and what it did.</summary>
public sealed class Import : ITenantOwned
{
    /// <summary>Uploaded; a person still chooses where the columns go.</summary>
    public const string Draft = "draft";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>Its undo is at work.</summary>
    public const string Undoing = "undoing";
    public const string Undone = "undone";

    /// <summary>Values that a contact already has stay.</summary>
    public const string Fill = "fill";

    /// <summary>What stands in the file replaces what the contact has; an empty cell replaces nothing.</summary>
    public const string Overwrite = "overwrite";

    private Import()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string FileName { get; private set; } = "";

    /// <summary>The random name under which the upload stands in the account's folder.</summary>
    public string StoredAs { get; private set; } = "";

    public long Bytes { get; private set; }

    /// <summary>How the file is read, as JSON (see <see cref="CsvShape"/>), without sample rows.</summary>
    public string Shape { get; private set; } = "{}";

    public int Rows { get; private set; }

    /// <summary>Where each column goes, as a JSON list.</summary>
    public string Mapping { get; private set; } = "[]";

    /// <summary>Tags that every contact of the file gets, as a JSON list.</summary>
    public string Tags { get; private set; } = "[]";

    public string Policy { get; private set; } = Fill;

    /// <summary>Per channel, what the account says about the permission it holds, as JSON.</summary>
    public string Attestation { get; private set; } = "{}";

    public string State { get; private set; } = Draft;

    /// <summary>True while only the outcome is asked for.</summary>
    public bool DryRun { get; private set; } = true;

    /// <summary>What it does now, in words for the page.</summary>
    public string Phase { get; private set; } = "";

    public int Percent { get; private set; }

    public int RowsRead { get; private set; }

    /// <summary>How many rows came to which end, as JSON (see <see cref="ImportCounts"/>).</summary>
    public string Counts { get; private set; } = "{}";

    /// <summary>Why it failed, in a sentence.</summary>
    public string? Failure { get; private set; }

    /// <summary>Every id that the import gave to contacts, addresses, tags and fields lies between these two.</summary>
    public Guid? FirstId { get; private set; }

    public Guid? LastId { get; private set; }

    public Guid? EmailAttestationId { get; private set; }

    public Guid? SmsAttestationId { get; private set; }

    /// <summary>Who asked for its undo and what that did, as JSON (see <see cref="UndoRecord"/>).</summary>
    public string? UndoResult { get; private set; }

    public string StartedBy { get; private set; } = "";

    public Guid? StartedById { get; private set; }

    public ActorKind StartedByKind { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>When the upload and its error rows were removed.</summary>
    public DateTimeOffset? FilesRemovedAt { get; private set; }

    public static Import New(Guid id, string fileName, string storedAs, long bytes, CsvShape shape, Actor actor, DateTimeOffset now) => new()
    {
        Id = id,
        FileName = fileName,
        StoredAs = storedAs,
        Bytes = bytes,
        Rows = shape.Rows,
        Shape = JsonSerializer.Serialize(shape with { Samples = [] }, JsonSerializerOptions.Web),
        StartedBy = actor.Name,
        StartedById = actor.Id,
        StartedByKind = actor.Kind,
        CreatedAt = now,
    };

    /// <summary>Another sheet of the workbook.</summary>
    public void TakeSheet(CsvShape shape) => (Rows, Shape) = (shape.Rows, Json(shape with { Samples = [] }));

    /// <summary>Proposes where the columns go; a person still looks at it. What was said about permission stays.</summary>
    public void Choose(IReadOnlyList<string> targets, IReadOnlyList<string> tags, string policy) =>
        (Mapping, Tags, Policy, State, Failure) = (Json(targets), Json(tags), policy, Draft, null);

    public void Map(IReadOnlyList<string> targets, IReadOnlyList<string> tags, string policy, IReadOnlyDictionary<string, ChannelAttestation> attestation) =>
        (Mapping, Tags, Policy, Attestation) = (Json(targets), Json(tags), policy, Json(attestation));

    public void Start(bool dryRun, Actor actor)
    {
        DryRun = dryRun;
        Restart();
        (StartedBy, StartedById, StartedByKind) = (actor.Name, actor.Id, actor.Kind);
    }

    /// <summary>Runs once more as it was chosen, and in the name of the same person.</summary>
    public void Restart() => (State, Phase, Percent, RowsRead, Failure) = (Running, "Waiting for its turn", 0, 0, null);

    /// <summary>A job acts for the person who started it: the consent ledger names them as the one who gave their word.</summary>
    public void ActAs(Actor actor) => actor.Become(StartedByKind, StartedById, StartedBy, ["*"]);

    public void Finish(ImportCounts counts, DateTimeOffset now) =>
        (State, Counts, Phase, Percent, RowsRead, FinishedAt) = (Done, Json(counts), "", 100, Rows, now);

    /// <summary>Notes what the import wrote, so that it can be found and taken back.</summary>
    public void Wrote(Guid first, Guid last, Guid? emailAttestation, Guid? smsAttestation) =>
        (FirstId, LastId, EmailAttestationId, SmsAttestationId) = (first, last, emailAttestation, smsAttestation);

    public void Fail(string why, DateTimeOffset now) => (State, Failure, Phase, FinishedAt) = (Failed, why, "", now);

    /// <summary>Who takes it back need not be who brought it in: the upload keeps its own name.</summary>
    public void StartUndo(Actor actor)
    {
        RestartUndo();
        UndoResult = Json(new UndoRecord { By = actor.Name, ById = actor.Id, ByKind = actor.Kind });
    }

    /// <summary>The undo's job acts for the person who asked for it.</summary>
    public void UndoAs(Actor actor)
    {
        if (ReadUndoRecord() is { By: { } name } asked)
            actor.Become(asked.ByKind, asked.ById, name, ["*"]);
        else
            ActAs(actor);
    }

    public void RestartUndo() => (State, Phase, Percent, Failure) = (Undoing, "Taking the import back", 0, null);

    public void FinishUndo(UndoCounts counts, int changedSince, DateTimeOffset now) => (State, UndoResult, Phase, Percent, UndoneAt) =
        (Undone, Json((ReadUndoRecord() ?? new UndoRecord()) with { Removed = counts.Removed, Kept = counts.Kept, Restored = counts.Restored, ChangedSince = changedSince }), "", 100, now);

    /// <summary>An undo that could not be finished changed nothing.</summary>
    public void FailUndo(string why) => (State, Failure, Phase) = (Done, why, "");

    public void FilesRemoved(DateTimeOffset now) => FilesRemovedAt = now;

    public CsvShape ReadShape() => JsonSerializer.Deserialize<CsvShape>(Shape, JsonSerializerOptions.Web)!;

    public IReadOnlyList<string> ReadMapping() => JsonSerializer.Deserialize<List<string>>(Mapping, JsonSerializerOptions.Web)!;

    public IReadOnlyList<string> ReadTags() => JsonSerializer.Deserialize<List<string>>(Tags, JsonSerializerOptions.Web)!;

    public IReadOnlyDictionary<string, ChannelAttestation> ReadAttestation() =>
        JsonSerializer.Deserialize<Dictionary<string, ChannelAttestation>>(Attestation, JsonSerializerOptions.Web)!;

    public ImportCounts ReadCounts() => JsonSerializer.Deserialize<ImportCounts>(Counts, JsonSerializerOptions.Web)!;

    /// <summary>What its undo did; null until that is finished.</summary>
    public UndoCounts? ReadUndo() => State == Undone && ReadUndoRecord() is { } undo ? new UndoCounts(undo.Removed, undo.Kept, undo.Restored) : null;

    public UndoRecord? ReadUndoRecord() => UndoResult is null ? null : JsonSerializer.Deserialize<UndoRecord>(UndoResult, JsonSerializerOptions.Web);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}

/// <summary>What an import did to a contact that was there before: what undo needs to put it back.</summary>
public sealed class ImportChange : ITenantOwned
{
    private ImportChange()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid ImportId { get; private set; }

    public Guid ContactId { get; private set; }

    /// <summary>The values it replaced, by column, as JSON; custom fields under <c>fields</c>, an absent one as null.</summary>
    public string Before { get; private set; } = "{}";

    /// <summary>The values it wrote, under the same names: undo leaves alone what somebody changed since.</summary>
    public string After { get; private set; } = "{}";

    public DateTimeOffset UpdatedBefore { get; private set; }

    /// <summary>The tags that the contact did not carry before.</summary>
    public Guid[] TagsAdded { get; private set; } = [];
}
