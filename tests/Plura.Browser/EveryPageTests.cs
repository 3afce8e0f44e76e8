using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>Every page that links lead to: no barrier by axe, no complaint of the browser, no sideways scrolling, and pictures to look at.</summary>
[Collection("one after the other")]
public sealed class EveryPageTests(LiveApp app)
{
    private static readonly (int Width, bool Dark)[] Looks = [(1366, false), (390, true), (390, false), (1366, true)];

    [Fact]
    public async Task Public_pages_are_in_order() => await Look("public", null, "/", "/privacy", "/terms", "/contact", "/sign-up", "/sign-in");

    [Fact]
    public async Task Pages_of_the_demo_account_are_in_order()
    {
        await app.Demo();
        await Look("demo", OpenDemo, "/a/demo", "/a/demo/contacts", "/a/demo/contacts/import", "/a/demo/campaigns", "/a/demo/campaigns/new", "/a/demo/sites/forms", "/a/demo/settings");
    }

    private static async Task OpenDemo(Visitor visitor)
    {
        await visitor.Go("/");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("demo") }).First.ClickAsync();
        await visitor.Screen("demo/opening");
        await visitor.Page.WaitForURLAsync("**/a/demo**");
    }

    private async Task Look(string folder, Func<Visitor, Task>? enter, params string[] starts)
    {
        var sitemap = new Sitemap(app.Services);
        var problems = new List<string>();
        IReadOnlyDictionary<string, string>? pages = null;
        foreach (var (width, dark) in Looks)
        {
            await using var visitor = await app.NewVisitor(width, dark);
            if (enter is not null)
                await enter(visitor);
            pages ??= await sitemap.Crawl(visitor, starts);
            foreach (var (name, path) in pages)
            {
                await visitor.Go(path);
                problems.AddRange((await visitor.Barriers()).Select(b => $"{width}{(dark ? " dark" : "")} {b}"));
                if (await visitor.ScrollsSideways())
                    problems.Add($"{width} {path} scrolls sideways");
                await visitor.Screen($"{folder}/{name}-{width}{(dark ? "-dark" : "")}");
            }

            problems.AddRange(visitor.Complaints);
        }

        Assert.NotEmpty(pages!);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Distinct(StringComparer.Ordinal)));
    }
}
