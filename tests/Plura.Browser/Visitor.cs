using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>One person's browser: notes whatever the page complains about, and looks at pages with axe.</summary>
public sealed class Visitor : IAsyncDisposable
{
    // Not inside frames: a letter shown in its sandbox runs no script, so axe would wait in it for ever.
    private static readonly AxeRunOptions Rules = new() { Iframes = false, RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
    private static readonly string? Looks = Environment.GetEnvironmentVariable("PLURA_LOOKS");

    // Where nobody looks, a picture of every page is minutes of work for nothing.
    private static readonly bool Pictures = Looks is not null || Environment.GetEnvironmentVariable("CI") is null;
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

    /// <summary>For people who want pictures of every page in every look: <c>PLURA_LOOKS=all</c>.</summary>
    public static bool AllLooks => Looks == "all";

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

    /// <summary>Comes into the demo account by the button on the front page.</summary>
    public async Task OpenDemo()
    {
        await Go("/");
        await Page.Locator("form[action='/demo'] button").First.ClickAsync();
        await Page.WaitForURLAsync("**/a/demo**");
    }

    /// <summary>Nobody's pages complained of anything.</summary>
    public static void Content(params Visitor[] visitors)
    {
        var complaints = visitors.SelectMany(v => v.Complaints).Distinct().ToList();
        if (complaints.Count > 0)
            Assert.Fail(string.Join('\n', complaints));
    }

    /// <summary>Gives address and password; what comes then is for the caller to await.</summary>
    public async Task GivePassword(string email, string password = LiveApp.Password, string root = "")
    {
        await Go(root + "/sign-in");
        await Page.FillAsync("[name='Command.Email']", email);
        await Page.FillAsync("[name='Command.Password']", password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>Signs in; answers the path of the account that opens.</summary>
    public async Task<string> SignIn(string email, string password = LiveApp.Password)
    {
        await GivePassword(email, password);
        try
        {
            await Page.WaitForURLAsync("**/a/**");
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"Nobody came in. {Page.Url} says: {await Page.InnerTextAsync("main")}", late);
        }

        return string.Join('/', new Uri(Page.Url).AbsolutePath.Split('/')[..3]);
    }

    /// <summary>Waits for a letter in the development mailbox; answers its id.</summary>
    public async Task<string> Letter(string to, string? subject = null)
    {
        for (var look = 0; look < 120; look++)
        {
            var answer = await Page.APIRequest.GetAsync("/dev/mailbox?to=" + Uri.EscapeDataString(to), new() { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept"] = "application/json" } });
            foreach (var one in JsonSerializer.Deserialize<JsonElement>(await answer.TextAsync()).EnumerateArray())
            {
                if (subject is null || one.GetProperty("subject").GetString()!.Contains(subject, StringComparison.Ordinal))
                    return one.GetProperty("id").GetString()!;
            }

            await Task.Delay(500);
        }

        throw new InvalidOperationException($"No letter to {to} arrived.");
    }

    /// <summary>Reads the letter and follows its link that holds these letters; answers the link.</summary>
    public async Task<string> Follow(string letter, string link)
    {
        await Go($"/dev/mailbox/{letter}/html");
        var address = await Page.EvalOnSelectorAllAsync<string>("a[href]", "(all, part) => all.map(a => a.href).find(h => h.includes(part))", link);
        var path = new Uri(address).PathAndQuery;
        await Go(path);
        return path;
    }

    /// <summary>What axe finds against WCAG 2.2 AA, one line each.</summary>
    public async Task<IReadOnlyList<string>> Barriers()
    {
        var found = await Page.RunAxe(Rules);
        return [.. found.Violations.SelectMany(v => v.Nodes.Take(3).Select(n => $"{new Uri(Page.Url).PathAndQuery}: {v.Id}: {v.Help}: {n.Html[..Math.Min(160, n.Html.Length)]}"))];
    }

    /// <summary>A picture of the whole page for people to look at, in <c>artifacts/screens</c>; none on a build server, unless <c>PLURA_LOOKS</c> asks for them.</summary>
    public async Task Screen(string name)
    {
        await Page.WaitForLoadStateAsync();
        if (!Pictures)
            return;
        var file = Path.Combine(Repository.Root, "artifacts", "screens", name + ".png");
        await Page.ScreenshotAsync(new() { Path = file, FullPage = true, Timeout = 60_000 });
    }

    /// <summary>A picture, and that nothing on the page stands in somebody's way: no barrier, no scrolling sideways.</summary>
    public async Task Looked(string name)
    {
        await Screen(name);
        var barriers = await Barriers();
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
        Assert.False(await ScrollsSideways(), name);
    }

    /// <summary>The same page on another screen, by day or by night.</summary>
    public async Task Wear(int width, bool dark)
    {
        await Page.SetViewportSizeAsync(width, width < 500 ? 844 : 900);
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
    }

    /// <summary>True where the page is wider than the screen: a phone would scroll sideways.</summary>
    public async Task<bool> ScrollsSideways() => await Wider() is not null;

    /// <summary>What stands beyond the edge of a page that is wider than the screen; null where none is.</summary>
    public Task<string?> Wider() => Page.EvaluateAsync<string?>("""
        async () => {
          // Once what reacts to another width has done so, and with the letters that stay: those that stand in for them until they have come may be wider.
          const frame = () => new Promise(next => requestAnimationFrame(next));
          await frame();
          await document.fonts.ready;
          await frame();
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth + 1)
            return null;
          const beyond = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && e.checkVisibility());
          return `${root.scrollWidth} of ${root.clientWidth}: ` + beyond.slice(-3).map(e => `${e.tagName.toLowerCase()}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`).join(', ');
        }
        """);

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
