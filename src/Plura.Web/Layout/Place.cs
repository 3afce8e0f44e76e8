using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Web.Layout;

/// <summary>Where this request stands, read once before any page renders: whose name the frame shows, which entries, and the zone of every time.</summary>
public sealed class Place
{
    public Area Area { get; private set; } = Area.Account;

    /// <summary>What addresses of the area begin with: <c>/a/bakery</c>, <c>/g/agency</c>, <c>/operator</c>, <c>/me</c>.</summary>
    public string Root { get; private set; } = "/accounts";

    /// <summary>The business's or the agency's name, or the desk's.</summary>
    public string Name { get; private set; } = "";

    public AccountCard? Account { get; private set; }

    /// <summary>Whether an account or an agency was entered, so that its menu can stand beside a refusal.</summary>
    public bool Inside => Name.Length > 0 && Area is Area.Account or Area.Agency;

    private Guid? agency;

    public static async Task Read(HttpContext context, RequestDelegate next)
    {
        var services = context.RequestServices;
        var place = services.GetRequiredService<Place>();
        PathString path = context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? context.Request.Path.Value;
        if (path.StartsWithSegments("/a", StringComparison.Ordinal) && services.GetRequiredService<Tenant>().Current is { } tenant)
            await place.InAccount(services, tenant, context.RequestAborted);
        else if (path.StartsWithSegments("/g", StringComparison.Ordinal) && services.GetRequiredService<CurrentAgency>().Current is { } agency)
            await place.AtAgency(services, agency, context.RequestAborted);
        else if (path.StartsWithSegments("/operator", StringComparison.Ordinal))
            (place.Area, place.Root, place.Name) = (Area.Operator, "/operator", "Operator");
        else if (path.StartsWithSegments("/me", StringComparison.Ordinal))
            (place.Area, place.Root, place.Name) = (Area.Me, "/me", services.GetRequiredService<Actor>().Name);
        // Here and not further down: what is set for this flow of calls reaches only what is called from here.
        if (services.GetRequiredService<Actor>() is { Kind: ActorKind.User, Id: { } person } && await services.GetRequiredService<IAccountDirectory>().ReadingOf(person, context.RequestAborted) is { } reading)
        {
            Reading.Use(reading.Language);
            if ((reading.TimeZone ?? (place.Account is null ? reading.AccountZone : null)) is { } zone)
                services.GetRequiredService<Viewer>().ReadIn(zone);
        }
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            services.GetRequiredService<Brand>().Wear(await place.Worn(services, context));
        await next(context);
    }

    private async Task InAccount(IServiceProvider services, Guid tenant, CancellationToken ct)
    {
        if (await services.GetRequiredService<IAccountDirectory>().Account(tenant, ct) is not { } card)
            return;
        (Account, Root, Name, agency) = (card, "/a/" + card.Slug, card.Name, card.AgencyId);
        services.GetRequiredService<Viewer>().ReadIn(card.TimeZone);
    }

    /// <summary>The look of the agency that the place belongs to, else of the host name by which the person came.</summary>
    private Task<BrandCard?> Worn(IServiceProvider services, HttpContext context)
    {
        var brands = services.GetRequiredService<IAgencyBrands>();
        return agency is { } id ? brands.OfAgency(id, context.RequestAborted) : brands.OfHost(context.Request.Host.Host, context.RequestAborted);
    }

    private async Task AtAgency(IServiceProvider services, Guid agency, CancellationToken ct)
    {
        if (await services.GetRequiredService<IAccountDirectory>().Agency(agency, ct) is { } card)
            (Area, Root, Name, this.agency) = (Area.Agency, "/g/" + card.Slug, card.Name, card.Id);
    }
}
