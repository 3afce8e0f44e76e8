using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>What lists can ask of forms and what automations begin with, and of which.</summary>
internal sealed class FormActivities(PluraDb db) : IActivityThings, IThings
{
    public string Kind => "form";

    public static void Add(IServiceCollection services) => services
        .AddScoped<IActivityThings, FormActivities>().AddScoped<IThings, FormActivities>()
        .AddSingleton(new TriggerKind("form_submitted", "A form is filled in", "forms", "Sites") { Things = "form", ThingLabel = "Which form", ThingText = "The form {thing} is filled in" })
        .AddSingleton(new Activity(30, "form", "Filled in a form", "select f.contact_id, f.at, f.form_id as thing from sites.form_submission f where f.tenant_id = @tenant") { Things = "form" });

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct) =>
        await db.Forms.AsNoTracking().OrderBy(f => f.Name).ThenBy(f => f.Id).Select(f => new Thing(f.Id, f.Name)).ToListAsync(ct);

    public async Task<IReadOnlyList<ActivityThing>> Newest(CancellationToken ct) =>
        await db.Forms.AsNoTracking().OrderByDescending(f => f.Id).Take(100).Select(f => new ActivityThing(f.Id, f.Name)).ToListAsync(ct);
}
