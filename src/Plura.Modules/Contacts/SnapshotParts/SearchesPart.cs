using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

public sealed record SearchSetUp
{
    public required string Name { get; init; }

    public required JsonObject Filter { get; init; }
}

/// <summary>Saved searches, except those that name people: by an address, a name, a company, or whose work it is.</summary>
internal sealed class SearchesPart(PluraDb db, SaveSearchHandler save, Filters filters) : SnapshotPart<SearchSetUp>
{
    private static readonly string[] NamesPeople = ["text", "name", "email", "phone", "street", "date_of_birth"];

    public override string Name => "searches";

    public override string Title => "Saved searches";

    public override int Order => 23;

    public override string Permission => "contacts.edit";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(SavedSearch)];

    /// <summary>Whether a filter says something about one person in particular.</summary>
    public static bool Travels(ContactFilter filter) => filter switch
    {
        AllOf all => all.Parts.All(Travels),
        AnyOf any => any.Parts.All(Travels),
        Not not => Travels(not.Part),
        Condition { Field: "assignee" or "follower" or "company_id" } c => c.Values.All(v => !Guid.TryParse(v, out _)),
        Condition c => !NamesPeople.Contains(c.Field, StringComparer.Ordinal) || c.Values.Count == 0,
        _ => false,
    };

    protected override string NameOf(SearchSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, SearchSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await db.SavedSearches.AsNoTracking().ToListAsync(ct)).OrderBy(s => s.Normal, StringComparer.Ordinal)
            .Select(s => (s, Filter: ContactFilter.Read(s.Filter))).Where(s => s.Filter is { Ok: true, Value: { } filter } && Travels(filter))
            .Select(s => ((Guid?)s.s.Id, new SearchSetUp { Name = s.s.Name, Filter = JsonNode.Parse(s.Filter.Value.Json())!.AsObject() }))];

    protected override async Task<Refusal?> Put(SearchSetUp wanted, Guid? here, CancellationToken ct)
    {
        var filter = ContactFilter.Read(wanted.Filter.ToJsonString());
        if (filter.Refusal is { } unreadable)
            return unreadable;
        if (!Travels(filter.Value))
            return Refusal.Invalid("snapshot.person", "This search names a person, and people do not travel in a set-up.");
        if (here is not { } id)
            return (await save.Handle(new SaveSearch { Name = wanted.Name, Filter = filter.Value }, ct)).Refusal;
        if ((await filters.Compile(filter.Value, "filter", 0, ct)).Refusal is { } refused)
            return refused;
        var search = await db.SavedSearches.SingleAsync(s => s.Id == id, ct);
        search.Change(wanted.Name, filter.Value.Json());
        await db.SaveChangesAsync(ct);
        return null;
    }
}
