using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>Every page that links lead to: no barrier by axe, no complaint of the browser, no sideways scrolling, and pictures to look at.</summary>
[Collection("one after the other")]
public sealed class EveryPageTests(LiveApp app)
{
    /// <summary>Each pair shows a page in both widths and both themes.</summary>
    private static readonly (int Width, bool Dark)[] Looks = [(1366, false), (390, true), (390, false), (1366, true)];

    /// <summary>For people who want pictures of every page in every look: <c>PLURA_LOOKS=all</c>.</summary>
    private static readonly bool All = Environment.GetEnvironmentVariable("PLURA_LOOKS") == "all";

    [Fact]
    public async Task Public_pages_are_in_order() => await Look("public", null, inPairs: false, "/", "/privacy", "/terms", "/contact", "/sign-up", "/sign-in");

    [Fact]
    public async Task Pages_of_the_demo_account_are_in_order()
    {
        await app.Demo();
        await Look("demo", OpenDemo, inPairs: true, "/a/demo", "/a/demo/contacts", "/a/demo/contacts/import", "/a/demo/opportunities", "/a/demo/campaigns", "/a/demo/campaigns/new", "/a/demo/sites/forms", "/a/demo/settings");
    }

    [Fact]
    public async Task Pages_of_the_operators_desk_are_in_order()
    {
        await app.Demo();
        await Look("operator", OpenDemo, inPairs: true, "/operator", "/operator/unclear", "/operator/strangers");
    }

    private static async Task OpenDemo(Visitor visitor)
    {
        await visitor.Go("/");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("demo") }).First.ClickAsync();
        await visitor.Screen("demo/opening");
        await visitor.Page.WaitForURLAsync("**/a/demo**");
    }

    /// <param name="folder">Where the pictures go.</param>
    /// <param name="enter">How the visitor comes in.</param>
    /// <param name="inPairs">Every other page in the first pair of looks, the rest in the second, because their parts are the same on all pages; axe and a picture in one of the pair, by turns.</param>
    /// <param name="starts">Where the walk begins.</param>
    private async Task Look(string folder, Func<Visitor, Task>? enter, bool inPairs, params string[] starts)
    {
        var sitemap = new Sitemap(app.Services);
        // The desk's menu leads everywhere; the other walks look at those pages.
        var within = starts[0] == "/operator" ? "/operator" : "";
        var problems = new List<string>();
        IReadOnlyDictionary<string, string>? pages = null;
        foreach (var (look, (width, dark)) in Looks.Index())
        {
            await using var visitor = await app.NewVisitor(width, dark);
            if (enter is not null)
                await enter(visitor);
            pages ??= await sitemap.Crawl(visitor, within, starts);
            foreach (var (at, (name, path)) in pages.Index())
            {
                // The desk is one person's, and made of the same parts: each of its pages is looked at once.
                if (!All && (within.Length > 0 ? at % Looks.Length != look : inPairs && at % 2 != look / 2))
                    continue;
                await visitor.Go(path);
                if (await visitor.ScrollsSideways())
                    problems.Add($"{width} {path} scrolls sideways");
                if (!All && inPairs && within.Length == 0 && at / 2 % 2 != look % 2)
                    continue;
                problems.AddRange((await visitor.Barriers()).Select(b => $"{width}{(dark ? " dark" : "")} {b}"));
                await visitor.Screen($"{folder}/{name}-{width}{(dark ? "-dark" : "")}");
            }

            problems.AddRange(visitor.Complaints);
        }

        Assert.NotEmpty(pages!);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Distinct(StringComparer.Ordinal)));
    }
}
