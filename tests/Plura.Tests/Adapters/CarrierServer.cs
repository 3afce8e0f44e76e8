using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

/// <summary>A carrier of text messages, played on this machine: one that speaks Twilio's language, and any gateway.</summary>
internal sealed class CarrierServer : IAsyncDisposable
{
    private readonly WebApplication web = SmallServer.New();
    private readonly ConcurrentQueue<CarriedText> taken = new();
    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CarrierServer()
    {
    }

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<CarriedText> Taken => [.. taken];

    public int Requests { get; private set; }

    /// <summary>Answers instead of the numbers' stories: the status and what the body says; null to follow them.</summary>
    public (int Status, string Body)? Answer { get; set; }

    /// <summary>Reads the message and then breaks the connection, or never answers.</summary>
    public bool Breaks { get; set; }

    public bool Hangs { get; set; }

    /// <summary>Ends when a message has been read.</summary>
    public Task Heard => heard.Task;

    public static async Task<CarrierServer> Start()
    {
        var server = new CarrierServer();
        server.web.MapPost("/2010-04-01/Accounts/{sid}/Messages.json", server.Twilio);
        server.web.MapGet("/2010-04-01/Accounts/{sid}/Messages.json", server.List);
        server.web.Map("/gateway/{**rest}", server.Gateway);
        await server.web.StartAsync();
        server.Address = new Uri(server.web.Urls.First());
        return server;
    }

    public string? Find(ComposedMessage message) => taken.FirstOrDefault(t => t.To == message.EnvelopeTo && t.Text.EndsWith(message.MessageId, StringComparison.Ordinal))?.Text;

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }

    private async Task Twilio(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var text = new CarriedText(form["From"].ToString(), form["To"].ToString(), form["Body"].ToString(), context.Request.Path, context.Request.Headers.Authorization.ToString(), form["StatusCallback"].ToString(), context.Request.ContentType ?? "") { Files = string.Join(' ', form["MediaUrl"].ToArray()) };
        await Reply(context, text, text.To switch
        {
            "+15005550001" => (400, """{"code":21211,"message":"The 'To' number +15005550001 is not a valid phone number."}"""),
            "+15005550002" => (400, """{"code":21610,"message":"Attempt to send to unsubscribed recipient"}"""),
            "+15005550003" => (429, """{"code":20429}"""),
            _ => (201, """{"sid":"SM1","status":"queued"}"""),
        });
    }

    /// <summary>What the list of messages says, a page each; with the status of all answers.</summary>
    public (int Status, string[] Pages) Listed { get; set; } = (200, ["""{"messages":[],"next_page_uri":null}"""]);

    /// <summary>What was asked of the list, as path and query.</summary>
    public List<string> Asked { get; } = [];

    public string? ListKey { get; private set; }

    private async Task List(HttpContext context)
    {
        Asked.Add(context.Request.Path + context.Request.QueryString.ToString());
        ListKey = context.Request.Headers.Authorization.ToString();
        context.Response.StatusCode = Listed.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Listed.Pages[int.TryParse(context.Request.Query["Page"], System.Globalization.CultureInfo.InvariantCulture, out var page) ? page : 0]);
    }

    private async Task Gateway(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var text = Read(context, body);
        await Reply(context, text, text.To switch { "+15005550001" => (410, "gone"), "+15005550003" => (429, ""), _ => (202, "ok") });
    }

    private static CarriedText Read(HttpContext context, string body)
    {
        var (path, auth, type) = (context.Request.Path + context.Request.QueryString.ToString(), context.Request.Headers["X-Key"].ToString(), context.Request.ContentType ?? "");
        if (context.Request.Query.ContainsKey("to"))
            return new CarriedText(context.Request.Query["from"].ToString(), context.Request.Query["to"].ToString(), context.Request.Query["text"].ToString(), path, auth, context.Request.Method, type);
        if (type.Contains("xml", StringComparison.Ordinal))
        {
            var xml = System.Xml.Linq.XElement.Parse(body, System.Xml.Linq.LoadOptions.PreserveWhitespace);
            return new CarriedText(xml.Attribute("from")!.Value, xml.Attribute("to")!.Value, xml.Value, path, auth, context.Request.Method, type);
        }

        if (type.Contains("urlencoded", StringComparison.Ordinal))
        {
            var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(body);
            return new CarriedText(form["from"].ToString(), form["to"].ToString(), form["text"].ToString(), path, auth, context.Request.Method, type);
        }

        var json = JsonSerializer.Deserialize<JsonElement>(body);
        return new CarriedText(json.GetProperty("from").GetString()!, json.GetProperty("to").GetString()!, json.GetProperty("text").GetString()!, path, auth, context.Request.Method, type);
    }

    private async Task Reply(HttpContext context, CarriedText text, (int Status, string Body) story)
    {
        Requests++;
        heard.TrySetResult();
        if (Breaks)
        {
            context.Abort();
            return;
        }

        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        var (status, body) = Answer ?? story;
        if (status is >= 200 and < 300)
            taken.Enqueue(text);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}

/// <param name="Extra">Twilio's status callback; a gateway's method.</param>
internal sealed record CarriedText(string From, string To, string Text, string Path, string Key, string Extra, string ContentType)
{
    public string Files { get; init; } = "";
}
