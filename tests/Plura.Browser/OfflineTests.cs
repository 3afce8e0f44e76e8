using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>The product on a phone whose connection comes and goes.</summary>
[Collection("one after the other")]
public sealed class OfflineTests(LiveApp app)
{
    private const string Copies = "async () => (await (await caches.open('plura-pages')).keys()).map(r => new URL(r.url).pathname)";

    [Theory]
    [InlineData(390, false)]
    [InlineData(1366, true)]
    public async Task Without_a_connection_one_reads_what_one_has_read_and_loses_nothing(int width, bool dark)
    {
        await using var line = new BreakableLine(app.Address);
        await using var visitor = await Enter(line, width, dark);
        var (page, look) = (visitor.Page, $"{width}{(dark ? "-dark" : "")}");
        await visitor.Go(At(line, "/a/demo/conversations"));
        await page.Locator(".conversation-line").First.ClickAsync();
        await page.Locator(".message").First.WaitForAsync();
        var conversation = new Uri(page.Url).AbsolutePath;
        await Kept(page, conversation);
        await visitor.Go(At(line, "/a/demo/contacts"));
        await Kept(page, "/a/demo/contacts");
        var copies = await page.EvaluateAsync<string>("async () => { const c = await caches.open('plura-pages'); let all = ''; for (const r of await c.keys()) all += await (await c.match(r)).text(); return all; }");
        Assert.Contains("__RequestVerificationToken", copies, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"CfDJ", copies, StringComparison.Ordinal);

        line.Cut();
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(At(line, conversation));
        await Assertions.Expect(page.Locator(".message").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".offline-bar")).ToContainTextAsync("This page is a copy of");
        await visitor.Looked($"device/copy-{look}");
        // A view that nobody has opened here: the inbox itself, as it was.
        await page.GotoAsync(At(line, "/a/demo/conversations?view=mine"));
        await Assertions.Expect(page.Locator(".conversation-line").First).ToBeVisibleAsync();
        await page.GotoAsync(At(line, conversation));
        await page.FillAsync("[name='Command.Text']", "I answer as soon as I can.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".offline-bar")).ToContainTextAsync("Nothing was sent");
        await Assertions.Expect(page.Locator("[name='Command.Text']")).ToHaveValueAsync("I answer as soon as I can.");

        // Back, with words in the form: they are still there, and leave.
        line.Mend();
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator(".offline-bar")).ToContainTextAsync("What you wrote is still here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".message.out").Last).ToContainTextAsync("I answer as soon as I can.");

        line.Cut();
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(At(line, "/a/demo/campaigns"));
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("You are offline");
        await Assertions.Expect(page.Locator("[data-offline-pages] a").First).ToBeVisibleAsync();
        await visitor.Looked($"device/offline-{look}");
        await page.Locator("[data-offline-pages] a", new() { HasText = "Contacts" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Contacts");
        line.Mend();
        await page.Context.SetOfflineAsync(false);
    }

    [Fact]
    public async Task What_was_kept_goes_at_signing_out_and_when_somebody_else_signs_in()
    {
        await using var line = new BreakableLine(app.Address);
        await using var visitor = await Enter(line, 390, dark: false);
        var page = visitor.Page;
        await visitor.Go(At(line, "/a/demo/contacts"));
        await Kept(page, "/a/demo/contacts");
        // Another person by the same browser, whose session the first one did not end.
        var email = await app.Join("second");
        await page.Context.ClearCookiesAsync();
        await visitor.GivePassword(email, root: line.Address.ToString().TrimEnd('/'));
        await page.WaitForURLAsync("**/a/**");
        await page.WaitForFunctionAsync("async () => (await (await caches.open('plura-pages')).keys()).every(r => !r.url.includes('/a/demo'))");
        await visitor.Go(At(line, new Uri(page.Url).AbsolutePath + "/contacts"));
        await Kept(page, new Uri(page.Url).AbsolutePath);
        await page.Locator("details.menu summary.icon-button").Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(u => new Uri(u).AbsolutePath == "/");
        await page.WaitForFunctionAsync("async () => !(await caches.has('plura-pages')) || (await (await caches.open('plura-pages')).keys()).length === 0");
        line.Cut();
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(At(line, "/a/demo/contacts"));
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("You are offline");
        await visitor.Looked("device/offline-nothing-390");
    }

    [Theory]
    [InlineData(390, true)]
    [InlineData(1366, false)]
    public async Task The_hint_to_install_shows_itself_where_it_can_be_done_and_stays_away_once_put_away(int width, bool dark)
    {
        await app.Demo();
        await using var visitor = await app.NewVisitor(width, dark);
        var page = visitor.Page;
        await visitor.OpenDemo();
        await visitor.Go("/a/demo");
        await Assertions.Expect(page.Locator(".install-line")).ToBeHiddenAsync();
        const string offer = "() => dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: async () => { window.asked = true; } }))";
        await page.EvaluateAsync(offer);
        await Assertions.Expect(page.Locator(".install-line")).ToBeVisibleAsync();
        await visitor.Looked($"device/install-{width}{(dark ? "-dark" : "")}");
        await page.Locator(".install-not").ClickAsync();
        await Assertions.Expect(page.Locator(".install-line")).ToBeHiddenAsync();
        await visitor.Go("/a/demo");
        await page.EvaluateAsync(offer);
        await Assertions.Expect(page.Locator(".install-line")).ToBeHiddenAsync();
        // Among the settings it stays.
        await visitor.Go("/me/notifications");
        await page.EvaluateAsync(offer);
        await page.Locator(".install-now").ClickAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => window.asked"));
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' }); localStorage.removeItem('plura-install');");
        await visitor.Go("/a/demo");
        await Assertions.Expect(page.Locator(".install-ios")).ToContainTextAsync("Add to Home Screen");
        await visitor.Looked($"device/install-ios-{width}{(dark ? "-dark" : "")}");
    }

    private async Task<Visitor> Enter(BreakableLine line, int width, bool dark)
    {
        await app.Demo();
        line.Mend();
        var visitor = await app.NewVisitor(width, dark);
        await visitor.Go(At(line, "/"));
        await visitor.Page.Locator("form[action='/demo'] button").First.ClickAsync();
        await visitor.Page.WaitForURLAsync("**/a/demo**");
        await visitor.Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
        await visitor.Page.WaitForFunctionAsync("async () => (await caches.match('/offline')) !== undefined");
        return visitor;
    }

    private static string At(BreakableLine line, string path) => line.Address.ToString().TrimEnd('/') + path;

    private static async Task Kept(IPage page, string path)
    {
        for (var look = 0; look < 100 && !(await page.EvaluateAsync<string[]>(Copies)).Contains(path, StringComparer.Ordinal); look++)
            await page.WaitForTimeoutAsync(100);
        Assert.Contains(path, await page.EvaluateAsync<string[]>(Copies));
    }
}
