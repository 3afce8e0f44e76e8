using Plura.Contacts.Contracts;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>Companies in the command menu.</summary>
internal sealed class FindCompanies(ListCompaniesHandler companies) : IFinds
{
    public string Permission => "contacts.read";

    public string Icon => "building";

    public async Task<IReadOnlyList<FoundThing>> Find(string text, int most, CancellationToken ct)
    {
        var found = await companies.Handle(new ListCompanies { Text = text, Limit = most }, ct);
        return found.Ok ? [.. found.Value.Items.Select(c => new FoundThing(c.Id, c.Name, "Company", $"companies/{c.Id}"))] : [];
    }
}

/// <summary>Smart lists in the command menu.</summary>
internal sealed class FindLists(ReadLists lists) : IFinds
{
    public string Permission => "contacts.read";

    public string Icon => "list-search";

    public async Task<IReadOnlyList<FoundThing>> Find(string text, int most, CancellationToken ct)
    {
        var words = ContactText.Words(text);
        var fitting = (await lists.All(ct)).Where(l => ContactText.Fold(l.Name) is var name && words.All(w => name.Contains(w, StringComparison.Ordinal)));
        return [.. fitting.Take(most).Select(l => new FoundThing(l.Id, l.Name, "Smart list", $"contacts?list={l.Id}"))];
    }
}
