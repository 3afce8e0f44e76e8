using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>What the mailbox answers besides its pages: the list and a message as JSON, and the HTML of a message in a frame of its own.</summary>
public static class DevMailbox
{
    /// <summary>How many a page shows.</summary>
    public const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string why = "The development mailbox; it is mapped in development only";
        routes.MapGet("/dev/mailbox", List).WithName("ListDevMessages").Public(why).AsJsonOnly();
        routes.MapGet("/dev/mailbox/{id:guid}", Show).WithName("ShowDevMessage").Public(why).AsJsonOnly();
        routes.MapGet("/dev/mailbox/{id:guid}/html", Html).WithName("ShowDevMessageHtml").Public(why);
        routes.MapGet("/dev/mailbox/{id:guid}/source", Source).WithName("ShowDevMessageSource").Public(why);
    }

    /// <summary>All of them, newest first: a script looks for its letter however many came after it.</summary>
    private static IResult List(PluraDb db, string? to) =>
        TypedResults.Ok(Newest(db, to).Select(m => new { id = m.Id, channel = m.Channel, to = m.Recipient, subject = m.Subject, at = m.At, times = m.Times }).AsAsyncEnumerable());

    /// <summary>The messages of one recipient or of all, newest first.</summary>
    public static IQueryable<DevMessage> Newest(PluraDb db, string? to)
    {
        var messages = db.Set<DevMessage>().AsNoTracking();
        if (to is { Length: > 0 })
        {
            var address = to.Trim().ToLowerInvariant();
            messages = messages.Where(m => m.Recipient == address);
        }

        return messages.OrderByDescending(m => m.At).ThenByDescending(m => m.Id);
    }

    private static async Task<IResult> Show(PluraDb db, Guid id, CancellationToken ct) =>
        await Find(db, id, ct) is { } m
            ? TypedResults.Ok(new { id = m.Id, channel = m.Channel, to = m.Recipient, subject = m.Subject, at = m.At, times = m.Times, source = Words(m), decisionId = m.DecisionId, messageId = m.MessageId, sendId = m.SendId, accountId = m.AccountId })
            : Refusal.NotFound("dev.message", "There is no such message.").Problem();

    public static Task<DevMessage?> Find(PluraDb db, Guid id, CancellationToken ct) =>
        db.Set<DevMessage>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, ct);

    /// <summary>A mail's HTML under a policy of its own: its styles and pictures, and nothing that runs.</summary>
    private static async Task<IResult> Html(PluraDb db, HttpContext context, Guid id, CancellationToken ct)
    {
        if (await Find(db, id, ct) is not { IsText: false } message)
            return TypedResults.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; font-src *; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        // As in a mail program: a link opens beside the letter, and not in its frame, where no page of ours may stand.
        return TypedResults.Content("<base target=\"_blank\">" + (Parse(message).HtmlBody ?? "<p>This message has no HTML part.</p>"), "text/html; charset=utf-8");
    }

    private static async Task<IResult> Source(PluraDb db, Guid id, CancellationToken ct) =>
        await Find(db, id, ct) is { } message ? TypedResults.Bytes(message.Source, message.IsText ? "text/plain; charset=utf-8" : "text/plain; charset=us-ascii") : TypedResults.NotFound();

    /// <summary>A letter byte for byte, a text message as it is read.</summary>
    internal static string Words(DevMessage message) => (message.IsText ? Encoding.UTF8 : Encoding.Latin1).GetString(message.Source);

    /// <summary>Whether anything of this installation lands here.</summary>
    internal static bool IsOpen(IServiceProvider services) =>
        services.GetService(typeof(DevTransport)) is not null || services.GetService(typeof(DevTexts)) is not null;

    public static MimeMessage Parse(DevMessage message)
    {
        using var stream = new MemoryStream(message.Source);
        return MimeMessage.Load(stream, CancellationToken.None);
    }
}
