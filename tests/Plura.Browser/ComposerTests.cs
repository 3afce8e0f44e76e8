using System.Globalization;
using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>A letter written as people write: by keys and the formatting bar, kept by itself, seen as a reader sees it, and tried on oneself.</summary>
[Collection("one after the other")]
public sealed class ComposerTests(LiveApp app)
{
    [Theory]
    [InlineData(1366, false)]
    [InlineData(390, true)]
    public async Task What_is_typed_and_formatted_is_kept_previewed_and_sent(int width, bool dark)
    {
        await using var person = await app.NewVisitor(width, dark);
        var page = person.Page;
        var email = await app.Join("composer" + width.ToString(CultureInfo.InvariantCulture));
        var home = await person.SignIn(email);
        await person.Go($"{home}/campaigns/new");
        await page.FillAsync("[name=Subject]", "Bread on Friday");
        var text = page.Locator(".editor-surface [role=textbox]");
        await text.ClickAsync();
        await page.Keyboard.TypeAsync("Warm bread, ");
        await page.Keyboard.PressAsync("Control+b");
        await page.Keyboard.TypeAsync("every Friday");
        await page.Keyboard.PressAsync("Control+b");
        await page.Keyboard.PressAsync("Enter");
        await Tool(page, "List").ClickAsync();
        await page.Keyboard.TypeAsync("Rye");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("Spelt");
        Assert.Equal("true", await Tool(page, "List").GetAttributeAsync("aria-pressed"));

        // It is kept by itself, under an address of its own, and stands there after a reload.
        await page.Locator("[data-saved]:has-text('Saved at')").WaitForAsync();
        await page.WaitForURLAsync("**/campaigns/*/edit");
        await page.ReloadAsync();
        Assert.Equal("every Friday", await text.Locator("strong").InnerTextAsync());
        Assert.Equal(["Rye", "Spelt"], await text.Locator("ul li").AllInnerTextsAsync());
        var letter = page.FrameLocator("[data-frame] iframe:not(.is-coming)");
        await letter.Locator("strong", new() { HasText = "every Friday" }).WaitForAsync();
        await letter.Locator("li", new() { HasText = "Spelt" }).WaitForAsync();
        await person.Looked($"composer/written-{width}{(dark ? "-dark" : "")}");

        // What was done last can be taken back, and a second look at the letter is the HTML itself.
        await text.ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" and more");
        await Tool(page, "Undo").ClickAsync();
        Assert.Equal(["Rye", "Spelt"], await text.Locator("ul li").AllInnerTextsAsync());
        await Tool(page, "HTML").ClickAsync();
        Assert.Contains("<strong>every Friday</strong>", await page.InputValueAsync("textarea[name=Html]"), StringComparison.Ordinal);
        await Tool(page, "HTML").ClickAsync();

        await page.Locator("[data-test]").ClickAsync();
        var sent = await person.Letter(email, "Bread on Friday");
        await person.Go($"/dev/mailbox/{sent}/html");
        Assert.Equal("every Friday", await page.Locator("strong").First.InnerTextAsync());
        Visitor.Content(person);
    }

    private static ILocator Tool(IPage page, string name) => page.GetByRole(AriaRole.Toolbar, new() { Name = "Formatting" }).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
