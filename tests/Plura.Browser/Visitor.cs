using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>One person's browser: notes whatever the page complains about, and looks at pages with axe.</summary>
public sealed class Visitor : IAsyncDisposable
{
    // Not inside frames: a letter shown in its sandbox runs no script, so axe would wait in it for ever.
    private static readonly AxeRunOptions Rules = new() { Iframes = false, RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.Console += (_, line) =>
        {
            if (line.Type == "error" && !line.Location.Contains("favicon", StringComparison.Ordinal))
                complaints.Add($"{page.Url}: {line.Text} ({line.Location})");
        };
    }

    public IPage Page { get; }

    /// <summary>Script errors, blocked styles and scripts, missing files.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>Goes there; anything but success throws.</summary>
    public async Task Go(string path)
    {
        var answer = await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        if (answer is { Ok: false })
            throw new InvalidOperationException($"{path} answered {answer.Status}: {(await Page.InnerTextAsync("body"))[..Math.Min(400, (await Page.InnerTextAsync("body")).Length)]}");
    }

    /// <summary>What axe finds against WCAG 2.2 AA, one line each.</summary>
    public async Task<IReadOnlyList<string>> Barriers()
    {
        var found = await Page.RunAxe(Rules);
        return [.. found.Violations.SelectMany(v => v.Nodes.Take(3).Select(n => $"{new Uri(Page.Url).PathAndQuery}: {v.Id}: {v.Help}: {n.Html[..Math.Min(160, n.Html.Length)]}"))];
    }

    /// <summary>A picture of the whole page for people to look at, in <c>artifacts/screens</c>.</summary>
    public async Task Screen(string name)
    {
        var file = Path.Combine(Repository.Root, "artifacts", "screens", name + ".png");
        await Page.WaitForLoadStateAsync();
        await Page.ScreenshotAsync(new() { Path = file, FullPage = true, Timeout = 60_000 });
    }

    /// <summary>True where the page is wider than the screen: a phone would scroll sideways.</summary>
    public Task<bool> ScrollsSideways() => Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
