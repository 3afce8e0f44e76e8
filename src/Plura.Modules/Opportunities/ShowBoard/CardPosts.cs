using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Opportunities.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Opportunities;

/// <summary>
/// What a card on the board does: the menu posts a form and comes back to the board, dragging posts the same form by script and gets JSON.
/// They are endpoints, because the board renews itself while it is open.
/// </summary>
public static class CardPosts
{
    public static void MapCardPosts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/a/{account}/opportunities/{id:guid}/move", async (string account, Guid id, [FromForm] IFormCollection form, HttpContext http, MoveOpportunityHandler handler, Flash flash, PluraDb db, CancellationToken ct) =>
        {
            var stage = Guid.TryParse(form["stage"], out var to) ? to : (Guid?)null;
            var moved = await handler.Handle(new MoveOpportunity { Id = id, Stage = stage, Version = Number(form["version"]) }, ct);
            var fill = moved.Refusal?.Code == "opportunity.fields_missing" ? $"/a/{account}/opportunities/{id}?to={stage}" : null;
            return await Answer(http, account, id, form, moved.Refusal, fill, flash, db, ct);
        }).WithName("MoveCard").RequirePermission("opportunities.edit");

        routes.MapPost("/a/{account}/opportunities/{id:guid}/mark", async (string account, Guid id, [FromForm] IFormCollection form, HttpContext http, MarkOpportunityHandler handler, Flash flash, PluraDb db, CancellationToken ct) =>
        {
            var marked = await handler.Handle(new MarkOpportunity { Id = id, Status = form["status"].ToString(), Reason = form["reason"], Version = Number(form["version"]) }, ct);
            var ask = marked.Refusal?.Fields.ContainsKey("Reason") == true ? $"/a/{account}/opportunities/{id}?end={Uri.EscapeDataString(form["status"].ToString())}" : null;
            return await Answer(http, account, id, form, marked.Refusal, ask, flash, db, ct);
        }).WithName("MarkCard").RequirePermission("opportunities.edit");

        routes.MapPost("/a/{account}/opportunities/{id:guid}/undo", async (string account, Guid id, [FromForm] IFormCollection form, HttpContext http, UndoMoveHandler handler, Flash flash, PluraDb db, CancellationToken ct) =>
        {
            var undone = await handler.Handle(new UndoMove { Id = id, Step = Guid.TryParse(form["step"], out var step) ? step : null }, ct);
            if (!undone.Ok)
                return await Answer(http, account, id, form, undone.Refusal, null, flash, db, ct);
            flash.Say("Taken back: it stands where it stood before.");
            return Results.LocalRedirect(Back(account, form));
        }).WithName("UndoCard").RequirePermission("opportunities.edit");
    }

    private static async Task<IResult> Answer(HttpContext http, string account, Guid id, IFormCollection form, Refusal? refusal, string? instead, Flash flash, PluraDb db, CancellationToken ct)
    {
        var script = http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
        if (refusal is not null)
        {
            if (script)
                return instead is null ? refusal.Problem() : Results.Json(new { instead }, statusCode: StatusCodes.Status422UnprocessableEntity);
            if (instead is null)
                flash.Say(refusal.Text);
            return Results.LocalRedirect(instead ?? Back(account, form));
        }

        // The board offers to take it back; the card's own page has its history for that.
        var back = Back(account, form);
        if (!script && back.Split('?')[0] == $"/a/{account}/opportunities")
            return Results.LocalRedirect(With(back, $"did={id}"));
        // Somebody may have deleted it since.
        if (await db.LiveOpportunities.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } card)
            return script ? OpportunityRefusals.Missing.Problem() : Results.LocalRedirect(back);
        var step = await db.OpportunitySteps.AsNoTracking().Where(s => s.OpportunityId == id).OrderByDescending(s => s.Number).FirstAsync(ct);
        if (!script)
        {
            flash.Say(StepWords.Done(card.Name, step));
            return Results.LocalRedirect(back);
        }

        return Results.Json(new { card.Version, said = StepWords.Done(card.Name, step), step = step.Id });
    }

    private static int? Number(string? text) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The page that the form was on; the board where it says none of this account's.</summary>
    private static string Back(string account, IFormCollection form) =>
        form["back"].ToString() is var back && back.StartsWith($"/a/{account}/", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) && !back.Contains("//", StringComparison.Ordinal)
            ? back : $"/a/{account}/opportunities";

    private static string With(string address, string query) => address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
}
