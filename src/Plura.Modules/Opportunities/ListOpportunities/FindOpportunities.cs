using Plura.Contacts.Contracts;

namespace Plura.Opportunities;

/// <summary>Opportunities in the command menu.</summary>
internal sealed class FindOpportunities(ListOpportunitiesHandler opportunities) : IFinds
{
    public string Permission => "opportunities.read";

    public string Icon => "layout-kanban";

    public async Task<IReadOnlyList<FoundThing>> Find(string text, int most, CancellationToken ct)
    {
        var found = await opportunities.Handle(new ListOpportunities { Text = text, Limit = most }, ct);
        return found.Ok ? [.. found.Value.Items.Select(o => new FoundThing(o.Id, o.Name, $"Opportunity, {o.Status}", $"opportunities/{o.Id}"))] : [];
    }
}
