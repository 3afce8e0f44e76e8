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

    /// <summary>Pages to which no link of their walk leads, and where they are looked at or why not.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["AgencySnapshotPage"] = "an agency makes one first",
        ["AppPage"] = "an agency makes one first; OtherDoorTests",
        ["BulkActionPage"] = "somebody changes many first; BulkTests",
        ["CheckMailPage"] = "comes after signing up; MainPathTests",
        ["ConfirmEmailPage"] = "a letter's link opens it; MainPathTests",
        ["ConfirmItIsYouPage"] = "stands before dangerous acts; DoorTests",
        ["ConfirmNewEmailPage"] = "a letter's link opens it; ChangeEmailTests",
        ["ConsentPage"] = "an app of an agency leads to it; OtherDoorTests",
        ["EnterCodePage"] = "the second step of signing in; DoorTests",
        ["GoOnPage"] = "goes on by itself",
        ["JoinPage"] = "an invitation's link opens it; LetterDoorTests",
        ["LinkBrokenPage"] = "a damaged link of a letter leads to it",
        ["NotMePage"] = "a letter's link opens it",
        ["PreferencesPage"] = "a letter's link opens it; MainPathTests",
        ["ProblemPage"] = "where something failed",
        ["ResetPasswordPage"] = "a letter's link opens it; LetterDoorTests",
        ["ReviewCampaignPage"] = "a draft leads to it, and the demo's are sent; MainPathTests",
        ["ReviewPage"] = "mail must have been stopped first",
        ["SnapshotPage"] = "an account makes one first",
        ["StopEmailChangePage"] = "a letter's link opens it; ChangeEmailTests",
        ["UnsubscribePage"] = "a letter's link opens it; MainPathTests",
    };

    [Fact]
    public async Task Public_pages_are_in_order() => await Look("public", null, inPairs: false, "/", "/privacy", "/terms", "/docs/api", "/contact", "/sign-up", "/sign-in");

    [Fact]
    public async Task Pages_of_the_demo_account_are_in_order()
    {
        await app.Demo();
        await Look("demo", OpenDemo, inPairs: true, "/a/demo", "/a/demo/contacts", "/a/demo/contacts/import", "/a/demo/contacts/bulk", "/a/demo/opportunities", "/a/demo/campaigns", "/a/demo/campaigns/new", "/a/demo/sites/forms", "/a/demo/settings", "/a/demo/unclear", "/a/demo/stopped", "/me/security/desk");
    }

    [Fact]
    public async Task Pages_of_the_operators_desk_are_in_order()
    {
        await app.Demo();
        await Look("operator", OpenDemo, inPairs: true, "/operator", "/operator/unclear", "/operator/strangers");
    }

    /// <summary>Whose walk a page belongs to; development's own belong to none.</summary>
    private static string Area(string path) => path switch
    {
        _ when path.StartsWith("/operator", StringComparison.Ordinal) => "operator",
        _ when path.StartsWith("/dev", StringComparison.Ordinal) => "",
        _ when path.StartsWith("/a/", StringComparison.Ordinal) || path.StartsWith("/g/", StringComparison.Ordinal) || path.StartsWith("/me", StringComparison.Ordinal) || path.StartsWith("/accounts", StringComparison.Ordinal) => "demo",
        _ => "public",
    };

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
            if (pages is null)
            {
                pages = await sitemap.Crawl(visitor, within, starts);
                var asked = sitemap.Names(path => Area(path) == folder).ToList();
                problems.AddRange(asked.Except(pages.Keys, StringComparer.Ordinal).Where(name => !Elsewhere.ContainsKey(name)).Select(name => $"No link leads to {name}: link to it, or say in Elsewhere where it is looked at."));
            }

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
