using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

/// <summary>What the servers that shall take a letter will make of it, while it is being written.</summary>
public sealed class CheckLetterHandler(ILetterDoctor doctor, Composer composer)
{
    public async Task<Result<IReadOnlyList<LetterFinding>>> Handle(CampaignDraft draft, CancellationToken ct)
    {
        if (draft.Invalid() is { } invalid)
            return invalid;
        return await doctor.Examine(await composer.Letter(draft, ct), ct);
    }
}

public static class CheckLetterEndpoint
{
    public static void MapCheckLetter(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/campaigns/check", async ([FromForm] IFormCollection form, CheckLetterHandler handler, CancellationToken ct) =>
            Part(await handler.Handle(ComposerForm.Create(form), ct))).WithName("CheckLetter").RequirePermission("campaigns.edit");

    private static IResult Part(Result<IReadOnlyList<LetterFinding>> found) =>
        new RazorComponentResult<LetterFindings>(new { Found = found.Ok ? found.Value : [], found.Refusal }) { PreventStreamingRendering = true };
}
