using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>Plays the customer: what is posted here counts as if a phone had sent it.</summary>
internal static class DevPhone
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/dev/inbound/sms", Receive).WithName("PlayText").Public("Plays the customer; it is mapped in development only").DisableAntiforgery();

    /// <summary>Pictures are addresses like <c>data:image/png;base64,…</c>. Without an id each post is a message of its own; without a number of ours it goes to the one that development sends from.</summary>
    private static async Task<IResult> Receive(PlayedText played, ReceiveTextHandler handler, TimeProvider clock, CancellationToken ct) =>
        (await handler.Handle(
            new ReceiveText
            {
                ProviderId = played.Id is { Length: > 0 } id ? id : Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
                From = played.From ?? "",
                To = played.To is { Length: > 0 } to ? to : TextNumbers.Development.Number,
                Text = played.Text ?? "",
                Media = [.. (played.Media ?? []).Select(url => new TextMedia(url, url.StartsWith("data:", StringComparison.Ordinal) ? url[5..].Split(';')[0] : ""))],
            }, ct)).Answer(taken => TypedResults.Ok(new { id = taken.TextId, accountId = taken.AccountId, meaning = taken.Meaning }));

    internal sealed record PlayedText(string? From, string? To, string? Text, string? Id, List<string>? Media);
}
