using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// Gives a carrier the files of a text that it is just bringing. The address is the authority; it leads to a file that is opened at this moment and lies
/// nowhere in the open, and it leads nowhere once the message has been on its way for a day.
/// </summary>
public sealed class GiveTextFile(IServiceScopeFactory scopes, PublicLinks links, TimeProvider clock)
{
    public static readonly TimeSpan OnTheWay = TimeSpan.FromDays(1);

    /// <summary>Null for everything else.</summary>
    public async Task<AttachedFile?> Find(string token, CancellationToken ct)
    {
        if (links.Read(token, LinkKind.File) is not { } link)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(link.TenantId);
        var (db, since) = (scope.ServiceProvider.GetRequiredService<PluraDb>(), clock.GetUtcNow() - OnTheWay);
        var send = await db.Sends.Where(s => s.Id == link.SendId && s.IntendedAt >= since && (s.State == SendStates.Intended || s.State == SendStates.Accepted || s.State == SendStates.Unknown))
            .Join(db.Contents.Where(c => c.Channel == Channels.Sms), s => s.ContentId, c => c.Id, (s, _) => new { s.Origin, s.OriginId }).FirstOrDefaultAsync(ct);
        if (send is null || scope.ServiceProvider.GetServices<ILetterWords>().FirstOrDefault(w => w.Origin == send.Origin) is not { } kept)
            return null;
        return (await kept.Find(send.OriginId, ct))?.Files.ElementAtOrDefault(link.Number);
    }
}

internal sealed class TextCarrier(IEnumerable<ITextTransport> carriers) : ITextCarrier
{
    public bool CarriesFiles => carriers.FirstOrDefault() is { CarriesFiles: true };

    public TextSize Measure(string text)
    {
        var parts = TextParts.Of(text);
        return new TextSize(parts.Parts.Count, parts.Unusual, parts.Room);
    }
}

internal static class GiveTextFileEndpoint
{
    public static void MapGiveTextFile(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/m/{token}", [HttpMethods.Get, HttpMethods.Head], async (string token, HttpContext http, GiveTextFile files, CancellationToken ct) =>
            await files.Find(token, ct) is { } file ? FileAnswers.Download(http, new MemoryStream(file.Bytes.ToArray(), writable: false), file.Name) : Results.NotFound())
            .WithName("GiveTextFile").Public("A carrier of texts has no account; the token says which message it brings");
}
