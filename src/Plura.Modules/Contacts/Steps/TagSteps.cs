using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Steps that put a tag on contacts or take it off: what a bulk action does to many, done to those who come by.</summary>
public abstract class TagSteps(PluraDb db, BulkStory story, LiveContacts live, TimeProvider clock) : BulkTags(db, story, clock)
{
    public const string Things = "tag";
    private readonly PluraDb db = db;

    protected static IReadOnlyList<StepField> Fields { get; } = [new("tag", "Which tag", StepFields.Thing) { Things = Things }];

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        Tag(settings) is { } tag && await db.Tags.AnyAsync(t => t.Id == tag, ct) ? null : "Choose a tag.";

    /// <summary>Does it once for each contact, however many of their runs came by.</summary>
    protected async Task<IReadOnlyList<StepDone>> Change(StepBatch batch, Func<BulkValue, Guid[], CancellationToken, Task<IReadOnlyList<Guid>>> change, CancellationToken ct)
    {
        var id = Tag(batch.Settings);
        var tag = await db.Tags.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct);
        if (tag is null)
            return [.. batch.Runs.Select(r => new StepDone(r.RunId, "tag_gone"))];
        // In one order, as everybody who changes many contacts takes them.
        var changed = (await change(new BulkValue { TagId = tag.Id, TagName = tag.Name }, [.. batch.Runs.Select(r => r.ContactId).Distinct().Order()], ct)).ToHashSet();
        if (changed.Count > 0)
            await live.Changed(ct);
        return [.. batch.Runs.Select(r => new StepDone(r.RunId, changed.Contains(r.ContactId) ? "done" : "was_so"))];
    }

    private static Guid? Tag(JsonObject settings) => Guid.TryParse(settings["tag"]?.ToString(), out var tag) ? tag : null;
}

internal sealed class AddTagStep(PluraDb db, BulkStory story, LiveContacts live, TimeProvider clock) : TagSteps(db, story, live, clock), IStep
{
    public StepKind Kind { get; } = new("add_tag", "Add a tag", "tag", "Contacts") { Fields = Fields };

    public string Say(JsonObject settings, ThingNames names) => $"Add the tag {names.Of(Things, settings["tag"])}";

    public Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct) => Change(batch, Put, ct);
}

internal sealed class RemoveTagStep(PluraDb db, BulkStory story, LiveContacts live, TimeProvider clock) : TagSteps(db, story, live, clock), IStep
{
    public StepKind Kind { get; } = new("remove_tag", "Remove a tag", "tag-off", "Contacts") { Fields = Fields };

    public string Say(JsonObject settings, ThingNames names) => $"Remove the tag {names.Of(Things, settings["tag"])}";

    public Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct) => Change(batch, Take, ct);
}

/// <summary>The account's tags, for steps and triggers.</summary>
internal sealed class TagThings(PluraDb db, TagBook book) : IThings
{
    public string Kind => TagSteps.Things;

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct) => await db.Tags.OrderBy(t => t.Normal).Select(t => new Thing(t.Id, t.Name)).ToListAsync(ct);

    public async Task<Guid?> Make(string name, CancellationToken ct) => TagBook.Check([name]) is null ? (await book.FindOrMake([name], ct))[0].Id : null;
}
