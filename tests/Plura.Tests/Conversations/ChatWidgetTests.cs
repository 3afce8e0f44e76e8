using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;

namespace Plura.Tests.Conversations;

public sealed class ChatWidgetTests(PluraApp app)
{
    private const int Largest = 10_240;

    [Fact]
    public async Task The_script_is_small_carries_the_business_and_sets_nothing()
    {
        var account = await app.NewAccount("Olivia's </script> Bakery & Café");
        var visitor = await ChatVisitor.Come(app, account);
        using var packed = await Script(visitor.Key, gzip: true);
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        var bytes = await packed.Content.ReadAsByteArrayAsync();
        Assert.True(bytes.Length < Largest, $"The script weighs {bytes.Length} bytes.");
        using var plain = await Script(visitor.Key, gzip: false);
        Assert.Equal("text/javascript", plain.Content.Headers.ContentType?.MediaType);
        Assert.False(plain.Headers.Contains("Set-Cookie"));
        Assert.Equal("cross-origin", plain.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        var text = await plain.Content.ReadAsStringAsync();
        Assert.Equal(text, await ChatScriptText.Unpack(bytes));
        Assert.StartsWith("globalThis.pluraChat={\"on\":true,", text, StringComparison.Ordinal);
        Assert.Contains("\\u003C/script\\u003E", text, StringComparison.Ordinal);
        foreach (var forbidden in (string[])["eval(", "new Function", "innerHTML", "document.write", "document.cookie", "sessionStorage", "</script"])
            Assert.DoesNotContain(forbidden, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_script_is_not_there()
    {
        using var answer = await Script("nosuchkey", gzip: false);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_owner_switches_it_on_and_gets_the_line_for_the_website()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("settings/chat"));
        Assert.DoesNotContain("<iframe", page.Html, StringComparison.Ordinal);
        var saved = await page.Submit("[name='Command.Greeting']", new { On = "true", Greeting = "Good day!", Websites = "www.bakery.example\nhttps://shop.bakery.example/" });
        Assert.Contains("Saved. The chat is on.", saved.Text, StringComparison.Ordinal);
        var key = await account.Ask<string>("select key from conversations.chat_setting");
        Assert.Contains($"/chat/{key}.js\" async></script>", saved.Text, StringComparison.Ordinal);
        Assert.Equal("https://www.bakery.example\nhttps://shop.bakery.example", await account.Ask<string>("select websites from conversations.chat_setting"));
        var preview = await browser.Get(account.Page("settings/chat/preview"));
        Assert.Contains($"/chat/{key}.js?preview", preview.Html, StringComparison.Ordinal);
        var off = await saved.Submit("[name='Command.Greeting']", new { On = (string?)null, Greeting = "Good day!" });
        Assert.Equal(key, await account.Ask<string>("select key from conversations.chat_setting"));
        Assert.Contains("The chat is off", off.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://www.bakery.example")]
    [InlineData("bakery")]
    [InlineData("https://a:b@bakery.example")]
    [InlineData("*")]
    public async Task What_is_no_website_is_refused(string line)
    {
        var account = await app.NewAccount();
        var refused = await account.In(s => s.GetRequiredService<KeepChatHandler>().Handle(new KeepChat { On = true, Websites = line }, default));
        Assert.Equal("chat.website", refused.Refusal?.Code);
    }

    [Fact]
    public async Task One_can_play_the_visitor_while_one_develops()
    {
        var account = await app.NewAccount();
        var visitor = await ChatVisitor.Come(app, account);
        Assert.Contains($"/chat/{visitor.Key}.js", (await app.NewBrowser().Get($"/dev/chat?account={account.Slug}")).Html, StringComparison.Ordinal);
        Assert.Contains("has not set up", (await app.NewBrowser().Get("/dev/chat?account=nobody")).Text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Script(string key, bool gzip)
    {
        using var wire = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, $"/chat/{key}.js"));
        if (gzip)
            request.Headers.Add("Accept-Encoding", "gzip, br");
        var answer = await wire.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return answer;
    }
}

internal static class ChatScriptText
{
    public static async Task<string> Unpack(byte[] bytes)
    {
        await using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
