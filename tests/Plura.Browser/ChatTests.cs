using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Npgsql;
using Plura.Platform;

namespace Plura.Browser;

/// <summary>The web chat of the demo on a website of another origin, which allows nothing but our host: a visitor, and somebody who answers.</summary>
[Collection("one after the other")]
public sealed class ChatTests(LiveApp app)
{
    [Theory]
    [InlineData(1366)]
    [InlineData(390)]
    public async Task A_visitor_chats_leaves_is_answered_by_mail_and_their_answer_comes_back(int width)
    {
        await using var owner = await Owner();
        await using var website = Website();
        await website.StartAsync();
        var line = await SwitchOn(owner, website.Urls.First());
        content = Page(line);
        await using var reader = await app.NewVisitor(width);
        var site = reader.Page;
        await site.GotoAsync(website.Urls.First());
        await site.Locator("plura-chat .launcher").ClickAsync();
        await Assertions.Expect(site.Locator("plura-chat textarea")).ToBeFocusedAsync();
        var question = $"Do you open on Sunday at {width}?";
        await site.Keyboard.TypeAsync(question);
        await site.Keyboard.PressAsync("Enter");
        await Assertions.Expect(site.Locator("plura-chat .log .you")).ToContainTextAsync(question);
        // Nothing is on the device, and nothing was asked for.
        Assert.Equal(0, await site.EvaluateAsync<int>("localStorage.length + sessionStorage.length + document.cookie.length"));

        var inbox = owner.Page;
        await owner.Go("/a/demo/conversations");
        await inbox.Locator(".conversation-line", new() { HasText = question }).First.ClickAsync();
        await Assertions.Expect(inbox.Locator(".chat-presence")).ToContainTextAsync("is here now");
        await Answer(inbox, "Yes, from eight to eleven. See https://bakery.example/hours.");
        await Assertions.Expect(site.Locator("plura-chat .log .them").Last).ToContainTextAsync("Yes, from eight to eleven.");
        await Assertions.Expect(site.Locator("plura-chat .log .them a")).ToHaveAttributeAsync("href", "https://bakery.example/hours");
        await Assertions.Expect(inbox.Locator(".message.out .why").Last).ToContainTextAsync("Shown in their chat");

        var address = $"vera-{width}-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString()[^8..]}@visitor.example";
        await site.Locator("plura-chat #name").FillAsync("Vera Visitor");
        await site.Locator("plura-chat #email").FillAsync(address);
        await reader.Screen($"chat/asked-{width}");
        await site.Locator("plura-chat .who button[type=submit]").ClickAsync();
        await Assertions.Expect(site.Locator("plura-chat .told")).ToContainTextAsync(address);
        await reader.Screen($"chat/chatting-{width}");
        await Assertions.Expect(inbox.Locator(".message.note").Last).ToContainTextAsync("Nobody has checked it");
        // What stands around the thread knows them too, without looking anew.
        await Assertions.Expect(inbox.Locator("h1")).ToContainTextAsync("Vera Visitor");
        await Assertions.Expect(inbox.Locator("[data-compose]")).ToHaveAttributeAsync("placeholder", new System.Text.RegularExpressions.Regex("Vera Visitor", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

        await site.GotoAsync("about:blank");
        await Assertions.Expect(inbox.Locator(".chat-presence")).ToContainTextAsync("left at");
        await Answer(inbox, "And on holidays from nine.");
        await Assertions.Expect(inbox.Locator(".message.out .why").Last).ToContainTextAsync("Waits in their chat");
        await Past();
        await owner.Letter(address, "Re: Your chat with");
        await Assertions.Expect(inbox.Locator(".message.out .why").Last).ToContainTextAsync("by e-mail");
        var back = await inbox.APIRequest.PostAsync("/dev/inbound/email", new() { DataObject = new { from = address, to = "demo@inbox.test", subject = "Re: Your chat", text = "See you on Sunday, then." } });
        Assert.True(back.Ok, await back.TextAsync());
        await Assertions.Expect(inbox.Locator(".message.in").Last).ToContainTextAsync("See you on Sunday, then.");
        await Assertions.Expect(inbox.Locator(".message.in").First).ToContainTextAsync(question);
        Visitor.Content(owner, reader);
    }

    [Theory]
    [InlineData(1366, false)]
    [InlineData(1366, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task It_opens_and_closes_by_the_keyboard_and_remembers_only_when_asked(int width, bool dark)
    {
        await using var owner = await Owner();
        await using var website = Website();
        await website.StartAsync();
        content = Page(await SwitchOn(owner, website.Urls.First()));
        await using var reader = await app.NewVisitor(width, dark);
        var site = reader.Page;
        await site.GotoAsync(website.Urls.First());
        await site.Locator("plura-chat .launcher").FocusAsync();
        await site.Keyboard.PressAsync("Enter");
        var name = $"chat/open-{width}{(dark ? "-dark" : "")}";
        await reader.Looked(name);
        // Tab walks in a circle inside the panel.
        for (var step = 0; step < 12; step++)
        {
            await site.Keyboard.PressAsync("Tab");
            Assert.Equal("PLURA-CHAT", await site.EvaluateAsync<string>("document.activeElement.tagName"));
        }

        await site.Keyboard.PressAsync("Escape");
        await Assertions.Expect(site.Locator("plura-chat .panel")).ToBeHiddenAsync();
        await Assertions.Expect(site.Locator("plura-chat .launcher")).ToBeFocusedAsync();
        await site.Keyboard.PressAsync("Enter");
        await site.Locator("plura-chat textarea").FillAsync($"Remember me {width} {dark}");
        await site.Keyboard.PressAsync("Enter");
        await site.Locator("plura-chat .memory button").ClickAsync();
        await Assertions.Expect(site.Locator("plura-chat .memory")).ToContainTextAsync("This device remembers the chat");
        await reader.Looked(name + "-written");
        await site.ReloadAsync();
        await site.Locator("plura-chat .launcher").ClickAsync();
        await Assertions.Expect(site.Locator("plura-chat .log .you")).ToContainTextAsync("Remember me");
        await site.Locator("plura-chat .memory button").ClickAsync();
        Assert.Equal(0, await site.EvaluateAsync<int>("localStorage.length"));
        Visitor.Content(owner, reader);
    }

    [Theory]
    [InlineData(1366, false)]
    [InlineData(390, true)]
    public async Task The_settings_show_the_line_and_a_preview(int width, bool dark)
    {
        await using var owner = await Owner(width, dark);
        await owner.Go("/a/demo/settings/chat");
        var frame = owner.Page.FrameLocator("iframe.form-preview");
        await Assertions.Expect(frame.Locator("plura-chat .panel")).ToBeVisibleAsync();
        await Assertions.Expect(frame.Locator("plura-chat .foot")).ToContainTextAsync("nothing is sent");
        await owner.Looked($"chat/settings-{width}{(dark ? "-dark" : "")}");
        Visitor.Content(owner);
    }

    private string content = "";

    /// <summary>A website with a policy of its own: our host may give scripts and be called, and nothing else is allowed.</summary>
    private WebApplication Website()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var website = builder.Build();
        var host = app.Address.ToString().TrimEnd('/');
        website.MapGet("/", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src {host}; connect-src {host}";
            return Results.Content(content, "text/html");
        });
        website.MapGet("/favicon.ico", () => Results.NoContent());
        return website;
    }

    private static string Page(string line) => $"<!DOCTYPE html><html lang=en><meta name=viewport content='width=device-width'><title>Our surgery</title><main><h1>Our surgery</h1><p>Words of ours</p></main>{line}</html>";

    private async Task<Visitor> Owner(int width = 1366, bool dark = false)
    {
        await app.Demo();
        var owner = await app.NewVisitor(width, dark);
        await owner.OpenDemo();
        return owner;
    }

    private static async Task<string> SwitchOn(Visitor owner, string origin)
    {
        await owner.Go("/a/demo/settings/chat");
        await owner.Page.FillAsync("[name='Command.Websites']", origin);
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await owner.Page.GetByText("Saved. The chat is on.").First.WaitForAsync();
        return await owner.Page.Locator(".copy-line code").First.InnerTextAsync();
    }

    private static async Task Answer(IPage inbox, string words)
    {
        await inbox.FillAsync("[name='Command.Text']", words);
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(inbox.Locator(".message.out").Last).ToContainTextAsync(words);
    }

    /// <summary>Two minutes later, as far as the visitor and the look for unseen answers are concerned.</summary>
    private async Task Past()
    {
        await using var scope = app.Services.CreateAsyncScope();
        await using var owner = new NpgsqlConnection(scope.ServiceProvider.GetRequiredService<DatabaseAddress>().Owner);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand("""
            update conversations.chat_session set here_at = here_at - interval '2 minutes', left_at = left_at - interval '2 minutes';
            update platform.outbox_message set run_at = now() where type like '%MailUnseenAnswers' and dead_at is null;
            """, owner);
        await command.ExecuteNonQueryAsync();
    }
}
