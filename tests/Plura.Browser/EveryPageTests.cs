using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>Every page that links lead to: no barrier by axe, no complaint of the browser, no sideways scrolling, and pictures to look at.</summary>
[Collection("one after the other")]
public sealed class EveryPageTests(LiveApp app)
{
    private static readonly (int Width, bool Dark)[] Looks = [(1366, false), (390, true), (390, false), (1366, true)];

    /// <summary>Pages to which no link of their walk leads, and where they are looked at or why not.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["AgencySnapshotPage"] = "an agency makes one first",
        ["AppPage"] = "an agency makes one first; OtherDoorTests",
        ["BuildPage"] = "somebody draws one first; AutomationTests",
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
        ["OfflinePage"] = "where there is no connection; OfflineTests",
        ["PreferencesPage"] = "a letter's link opens it; MainPathTests",
        ["ProblemPage"] = "where something failed",
        ["RatePage"] = "a letter asks for it after a conversation was closed; InboxRulesTests",
        ["ResetPasswordPage"] = "a letter's link opens it; LetterDoorTests",
        ["ReviewCampaignPage"] = "a draft leads to it, and the demo's are sent; MainPathTests",
        ["ReviewPage"] = "mail must have been stopped first",
        ["RunPage"] = "somebody draws an automation first; AutomationTests",
        ["RunsPage"] = "somebody draws an automation first; AutomationTests",
        ["SendingDomainPage"] = "somebody sets one up first; SendingDomainTests",
        ["SnapshotPage"] = "an account makes one first",
        ["StopEmailChangePage"] = "a letter's link opens it; ChangeEmailTests",
        ["UnsubscribePage"] = "a letter's link opens it; MainPathTests",
    };

    [Fact]
    public async Task Public_pages_are_in_order() => await Look("public", null, "/", "/privacy", "/terms", "/docs/api", "/contact", "/sign-up", "/sign-in");

    [Fact]
    public async Task Pages_of_the_demo_account_are_in_order()
    {
        await app.Demo();
        await Look("demo", OpenDemo, "/a/demo", "/a/demo/contacts", "/a/demo/contacts/import", "/a/demo/contacts/bulk", "/a/demo/conversations", "/a/demo/opportunities", "/a/demo/campaigns", "/a/demo/campaigns/new", "/a/demo/sites/forms", "/a/demo/settings", "/a/demo/unclear", "/a/demo/stopped", "/me/security/desk");
    }

    [Fact]
    public async Task Pages_of_the_operators_desk_are_in_order()
    {
        await app.Demo();
        await Look("operator", OpenDemo, "/operator", "/operator/unclear", "/operator/strangers");
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

    /// <summary>
    /// Each page is opened once, measured in both widths, and looked at by axe in one of the looks by turns, because pages are made of the same
    /// parts. Where somebody wants pictures of everything, each page is opened in every look.
    /// </summary>
    /// <param name="folder">Where the pictures go.</param>
    /// <param name="enter">How the visitor comes in.</param>
    /// <param name="starts">Where the walk begins.</param>
    private async Task Look(string folder, Func<Visitor, Task>? enter, params string[] starts)
    {
        var sitemap = new Sitemap(app.Services);
        var problems = new List<string>();
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using (var visitor = await Enter(1366, dark: false, enter))
        {
            // The desk's menu leads everywhere; the other walks look at those pages.
            await foreach (var (name, path) in sitemap.Crawl(visitor, starts[0] == "/operator" ? "/operator" : "", starts))
            {
                var (width, dark) = Looks[pages.Count % Looks.Length];
                pages.Add(name, path);
                foreach (var measured in (int[])[width == 390 ? 1366 : 390, width])
                {
                    await visitor.Wear(measured, dark);
                    if (await visitor.Wider() is { } wider)
                        problems.Add($"{measured} {path} scrolls sideways, {wider}");
                }

                await Barriers(visitor, $"{folder}/{name}", width, dark, problems);
                await visitor.Wear(1366, dark: false);
            }

            problems.AddRange(visitor.Complaints);
        }

        Assert.NotEmpty(pages);
        var asked = sitemap.Names(path => Area(path) == folder);
        problems.AddRange(asked.Except(pages.Keys, StringComparer.Ordinal).Where(name => !Elsewhere.ContainsKey(name)).Select(name => $"No link leads to {name}: link to it, or say in Elsewhere where it is looked at."));
        if (Visitor.AllLooks)
            await EveryLook(folder, enter, pages, problems);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Distinct(StringComparer.Ordinal)));
    }

    private async Task EveryLook(string folder, Func<Visitor, Task>? enter, SortedDictionary<string, string> pages, List<string> problems)
    {
        foreach (var (width, dark) in Looks)
        {
            await using var visitor = await Enter(width, dark, enter);
            foreach (var (name, path) in pages)
            {
                await visitor.Go(path);
                if (await visitor.ScrollsSideways())
                    problems.Add($"{width} {path} scrolls sideways");
                await Barriers(visitor, $"{folder}/{name}", width, dark, problems);
            }

            problems.AddRange(visitor.Complaints);
        }
    }

    private static async Task Barriers(Visitor visitor, string name, int width, bool dark, List<string> problems)
    {
        problems.AddRange((await visitor.Barriers()).Select(b => $"{width}{(dark ? " dark" : "")} {b}"));
        await visitor.Screen($"{name}-{width}{(dark ? "-dark" : "")}");
    }

    private async Task<Visitor> Enter(int width, bool dark, Func<Visitor, Task>? enter)
    {
        var visitor = await app.NewVisitor(width, dark);
        if (enter is not null)
            await enter(visitor);
        return visitor;
    }
}
