using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>The frame on a narrow screen: nothing that it opens is cut off, and the settings say where one is.</summary>
[Collection("one after the other")]
public sealed class PhoneFrameTests(LiveApp app)
{
    private const int Width = 390;

    [Fact]
    public async Task The_persons_menu_stands_wholly_on_the_screen_and_the_settings_say_where_one_is_and_lead_to_all()
    {
        await app.Demo();
        await using var visitor = await app.NewVisitor(Width);
        var page = visitor.Page;
        await visitor.Go("/");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("demo") }).First.ClickAsync();
        await page.WaitForURLAsync("**/a/demo**");
        foreach (var path in (string[])["/me", "/a/demo"])
        {
            await visitor.Go(path);
            await page.Locator(".shell-top summary.icon-button").ClickAsync();
            var box = (await page.Locator(".shell-top .menu-list.at-right").BoundingBoxAsync())!;
            Assert.InRange(box.X, 0, Width - box.Width);
            await visitor.Screen($"phone/menu{path.Replace('/', '-')}");
        }

        await visitor.Go("/a/demo/settings/people");
        Assert.Contains("People", await page.Locator(".settings-menu summary").InnerTextAsync(), StringComparison.Ordinal);
        Assert.False(await page.Locator(".settings-nav").IsVisibleAsync());
        await page.Locator(".settings-menu summary").ClickAsync();
        var entries = page.Locator(".settings-menu .menu-item");
        Assert.Equal(await page.Locator(".settings-nav a").CountAsync(), await entries.CountAsync());
        await visitor.Screen("phone/settings-menu");
        Assert.Empty(await visitor.Barriers());
        await entries.Last.ClickAsync();
        await Assertions.Expect(page.Locator(".settings-menu summary")).Not.ToContainTextAsync("People");
    }
}
