using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>What lists can ask of opportunities, and in which pipeline.</summary>
internal sealed class OpportunityActivities(PluraDb db) : IActivityThings
{
    public string Kind => "pipeline";

    public static IServiceCollection Add(IServiceCollection services) => services
        .AddScoped<IActivityThings, OpportunityActivities>()
        .AddSingleton(Of(40, "opportunity", "Has an open opportunity", "created_at", Statuses.Open))
        .AddSingleton(Of(41, "won", "Won an opportunity", "closed_at", Statuses.Won))
        .AddSingleton(Of(42, "lost", "Lost an opportunity", "closed_at", Statuses.Lost));

    public async Task<IReadOnlyList<ActivityThing>> Newest(CancellationToken ct) =>
        await db.Pipelines.AsNoTracking().OrderBy(p => p.Name).Take(100).Select(p => new ActivityThing(p.Id, p.Name)).ToListAsync(ct);

    private static Activity Of(int order, string word, string text, string moment, string status) => new(order, word, text,
        $"select o.contact_id, o.{moment} as at, o.pipeline_id as thing from opportunities.opportunity o where o.tenant_id = @tenant and o.deleted_at is null and o.status = '{status}'")
    { Things = "pipeline", Permission = "opportunities.read" };
}
