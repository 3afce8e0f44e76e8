using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

public sealed record ListSetUp
{
    public required string Name { get; init; }

    public required JsonObject Filter { get; init; }

    public IReadOnlyList<string> Columns { get; init; } = [];

    public string Sort { get; init; } = "newest";
}

/// <summary>Smart lists, except those that are one person's own or name people: by an address, a name, a company, or whose work it is.</summary>
internal sealed class ListsPart(PluraDb db, KeepListHandler save) : SnapshotPart<ListSetUp>
{
    private static readonly string[] NamesPeople = ["text", "name", "email", "phone", "street", "date_of_birth"];

    public override string Name => "lists";

    public override string Title => "Smart lists";

    public override int Order => 23;

    public override string Permission => "contacts.edit";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(SmartList)];

    /// <summary>Whether a filter says something about one person in particular.</summary>
    public static bool Travels(ContactFilter filter) => filter switch
    {
        AllOf all => all.Parts.All(Travels),
        AnyOf any => any.Parts.All(Travels),
        Not not => Travels(not.Part),
        Condition { Field: "assignee" or "follower" or "company_id" } c => c.Values.All(v => !Guid.TryParse(v, out _)),
        // Campaigns, forms and pipelines are the account's own.
        Condition { Op: "is" or "is_not" } c when c.Field.StartsWith(FilterWriter.ActivityPrefix, StringComparison.Ordinal) => false,
        Condition c => !NamesPeople.Contains(c.Field, StringComparer.Ordinal) || c.Values.Count == 0,
        _ => false,
    };

    protected override string NameOf(ListSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, ListSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await db.SmartLists.AsNoTracking().Where(s => s.RemovedAt == null && s.OwnerId == null).ToListAsync(ct)).OrderBy(s => s.Normal, StringComparer.Ordinal)
            .Select(s => (s, Filter: ContactFilter.Read(s.Filter))).Where(s => s.Filter is { Ok: true, Value: { } filter } && Travels(filter))
            .Select(s => ((Guid?)s.s.Id, new ListSetUp { Name = s.s.Name, Filter = JsonNode.Parse(s.Filter.Value.Json())!.AsObject(), Columns = s.s.Columns, Sort = s.s.Sort }))];

    protected override async Task<Refusal?> Put(ListSetUp wanted, Guid? here, CancellationToken ct)
    {
        var filter = ContactFilter.Read(wanted.Filter.ToJsonString());
        if (filter.Refusal is { } unreadable)
            return unreadable;
        if (!Travels(filter.Value))
            return Refusal.Invalid("snapshot.person", "This list names a person, and people do not travel in a set-up.");
        return (await save.Handle(new KeepList { Id = here, Name = wanted.Name, Filter = filter.Value, Columns = wanted.Columns, Sort = wanted.Sort }, ct)).Refusal;
    }
}
