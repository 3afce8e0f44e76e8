using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Messaging;

namespace Plura.Tests.Conversations;

/// <summary>Somebody on a website with an account's chat: what their page calls, without the page.</summary>
internal sealed class ChatVisitor(PluraApp app, TestAccount account, string key, string origin)
{
    public const string Website = "https://www.bakery.example";
    private static readonly HttpMessageInvoker Wire = new(new SocketsHttpHandler { UseCookies = false });
    private int written;

    public string Key => key;

    public string? Token { get; set; }

    /// <summary>Switches the account's chat on; the visitor stands on its website.</summary>
    public static async Task<ChatVisitor> Come(PluraApp app, TestAccount account, string origin = Website)
    {
        var kept = await account.In(s => s.GetRequiredService<KeepChatHandler>().Handle(new KeepChat { On = true, Websites = Website }, default));
        Assert.Null(kept.Refusal);
        return new ChatVisitor(app, account, kept.Value, origin);
    }

    /// <summary>Another visitor of the same website.</summary>
    public ChatVisitor Another() => new(app, account, key, origin);

    public async Task<HttpResponseMessage> Call(string act, object body, string? from = null, string? token = null, string method = "POST")
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(app.Address, $"/chat/{key}/{act}"));
        if (method == "POST")
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        if ((from ?? origin) is { Length: > 0 } stated)
            request.Headers.Add("Origin", stated);
        if ((token ?? Token) is { } own)
            request.Headers.Add(ChatCalls.TokenHeader, own);
        if (method == "OPTIONS")
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type,x-chat-session");
        }

        return await Wire.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task Begin() => Token = (await Read(await Call("begin", new { }))).GetProperty("token").GetString();

    public async Task<Guid> Says(string text)
    {
        if (Token is null)
            await Begin();
        return (await Read(await Call("messages", new { id = $"message-{++written}", text }))).GetProperty("id").GetGuid();
    }

    public async Task IsCalled(string? name, string email)
    {
        using var answer = await Call("me", new { name, email });
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Which conversation their words stand in now.</summary>
    public Task<Guid> Conversation() => account.Ask<Guid>("select conversation_id from conversations.chat_session where token_hash = $1", ChatCalls.Hash(Token!));

    /// <summary>What their page would show now; it does not stay.</summary>
    public async Task<List<(string From, string Text)>> Sees(Guid? after = null)
    {
        using var answer = await Call("listen", new { after, follow = false });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var seen = new List<(string, string)>();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            if (Message(item) is { } message)
                seen.Add(message);
        }

        return seen;
    }

    /// <summary>Their page, open until it is disposed.</summary>
    public async Task<OpenPage> Stays(Guid? after = null)
    {
        // Not its words: the answer ends only with the page.
        var answer = (await Call("listen", new { after })).EnsureSuccessStatusCode();
        return new OpenPage(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }

    /// <summary>What is due leaves by the pumps.</summary>
    public async Task Deliver()
    {
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        await account.Work();
    }

    internal static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    private static (string From, string Text)? Message(SseItem<string> item) =>
        item.EventType == "message" && JsonSerializer.Deserialize<JsonElement>(item.Data) is { ValueKind: JsonValueKind.Object } said
            ? (said.GetProperty("from").GetString()!, said.GetProperty("text").GetString()!) : null;

    /// <summary>An open stream.</summary>
    internal sealed class OpenPage(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        public async Task<(string From, string Text)> Next()
        {
            while (await events.MoveNextAsync().AsTask().WaitAsync(Patience))
            {
                if (Message(events.Current) is { } message)
                    return message;
            }

            throw new InvalidOperationException("The stream has ended.");
        }

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            try
            {
                await events.DisposeAsync();
            }
            catch (NotSupportedException)
            {
                // A wait that ran out is still waiting.
            }
        }
    }
}

/// <summary>Waiting for what a stream notes after its page has gone: a condition is asked again until it holds.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task Holds(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
            await Task.Delay(10, patience.Token);
    }
}
