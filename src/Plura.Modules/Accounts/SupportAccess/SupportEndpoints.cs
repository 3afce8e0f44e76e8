using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>The buttons of support: coming in and leaving at the desks, ending it inside the account (also from the line on every page).</summary>
public static class SupportEndpoints
{
    public static void MapSupport(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/g/{agency}/support/{id:guid}/enter", (string agency, Guid id, HttpContext http, IAntiforgery antiforgery, EnterAsSupportHandler handler, Flash flash, CancellationToken ct) =>
            Enter($"/g/{agency}", id, http, antiforgery, handler, flash, ct)).WithName("EnterAsSupport").RequirePermission("agency.support").Fresh(back: "/g/{agency}/support");
        routes.MapPost("/g/{agency}/support/{id:guid}/leave", (string agency, Guid id, HttpContext http, IAntiforgery antiforgery, LeaveSupportHandler handler, Flash flash, CancellationToken ct) =>
            Leave($"/g/{agency}", id, http, antiforgery, handler, flash, ct)).WithName("LeaveSupport").RequirePermission("agency.support");
        routes.MapPost("/operator/support/{id:guid}/enter", (Guid id, HttpContext http, IAntiforgery antiforgery, EnterAsSupportHandler handler, Flash flash, CancellationToken ct) =>
            Enter("/operator", id, http, antiforgery, handler, flash, ct)).WithName("EnterAsOperator").RequirePermission("operator.support").Fresh(back: "/operator/support");
        routes.MapPost("/operator/support/{id:guid}/leave", (Guid id, HttpContext http, IAntiforgery antiforgery, LeaveSupportHandler handler, Flash flash, CancellationToken ct) =>
            Leave("/operator", id, http, antiforgery, handler, flash, ct)).WithName("LeaveAsOperator").RequirePermission("operator.support");
        routes.MapPost("/a/{account}/settings/support/{id:guid}/end", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, EndSupportHandler handler, Flash flash, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var ended = await handler.Handle(new EndSupport { Id = id }, ct);
            if (ended.Refusal is { Kind: RefusalKind.NotFound } unknown)
                return unknown.Problem();
            flash.Say("It is ended. Nobody is inside by it any more.");
            return Results.LocalRedirect($"/a/{account}/settings/support");
        }).WithName("EndSupport").RequirePermission("account.grants");
    }

    private static async Task<IResult> Enter(string desk, Guid id, HttpContext http, IAntiforgery antiforgery, EnterAsSupportHandler handler, Flash flash, CancellationToken ct)
    {
        await antiforgery.ValidateRequestAsync(http);
        var entered = await handler.Handle(new EnterAsSupport { GrantId = id }, ct);
        if (entered.Ok)
            return Results.LocalRedirect("/a/" + entered.Value);
        flash.Say(entered.Refusal!.Text);
        return Results.LocalRedirect(desk + "/support");
    }

    private static async Task<IResult> Leave(string desk, Guid id, HttpContext http, IAntiforgery antiforgery, LeaveSupportHandler handler, Flash flash, CancellationToken ct)
    {
        await antiforgery.ValidateRequestAsync(http);
        var left = await handler.Handle(new LeaveSupport { GrantId = id }, ct);
        flash.Say(left.Refusal?.Text ?? "You are outside again.");
        return Results.LocalRedirect(desk + "/support");
    }
}
