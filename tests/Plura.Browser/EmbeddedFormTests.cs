using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>A business shows its form on its own website: its visitor signs up inside the frame, and stands in the list.</summary>
[Collection("one after the other")]
public sealed class EmbeddedFormTests(LiveApp app)
{
    [Fact]
    public async Task A_form_works_inside_another_website_and_is_as_tall_as_it_must_be()
    {
        await app.Demo();
        await using var owner = await app.NewVisitor();
        await owner.OpenDemo();
        await owner.Go("/a/demo/sites/forms");
        await owner.Page.Locator("main a[href*='/sites/forms/0']").First.ClickAsync();
        var line = await owner.Page.GetByText("/embed.js").First.InnerTextAsync();

        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var website = builder.Build();
        website.MapGet("/", () => Results.Content($"<!DOCTYPE html><html lang=en><title>Our surgery</title><h1>Our surgery</h1>{line}<p>Below the form</p></html>", "text/html"));
        await website.StartAsync();

        await using var reader = await app.NewVisitor(390);
        await reader.Page.GotoAsync(website.Urls.First());
        var frame = reader.Page.FrameLocator("iframe[title='Sign-up form']");
        var address = $"framed-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString()[^8..]}@reader.example";
        // As people type: whoever is quicker is asked once more.
        await frame.Locator("[name=email]").PressSequentiallyAsync(address, new() { Delay = 80 });
        await frame.Locator("[name=first_name]").PressSequentiallyAsync("Freya", new() { Delay = 80 });
        await frame.Locator("[name=consent_0]").CheckAsync();
        await reader.Screen("forms/framed-390");
        // As tall as its content: nobody scrolls inside the frame, and no gap follows it.
        Assert.InRange(await frame.Locator("html").EvaluateAsync<int>("html => innerHeight - Math.ceil(html.getBoundingClientRect().height)"), 0, 1);
        Assert.True(await frame.Locator("html").EvaluateAsync<bool>("html => html.scrollHeight <= innerHeight + 1"), "The frame scrolls.");
        await frame.Locator("button[type=submit]").ClickAsync();
        await frame.Locator("[role=status]").WaitForAsync();
        await reader.Screen("forms/framed-thanks-390");

        await owner.Go($"/a/demo/contacts?q={address[..address.IndexOf('@', StringComparison.Ordinal)].ToUpper(CultureInfo.InvariantCulture)}");
        await Assertions.Expect(owner.Page.Locator("main")).ToContainTextAsync("Freya");
        Visitor.Content(owner, reader);
    }
}
