using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>The inbox of the demo: read, answered from a desk and from a phone, and filled while somebody looks.</summary>
[Collection("one after the other")]
public sealed class InboxTests(LiveApp app)
{
    [Fact]
    public async Task An_answer_leaves_and_the_next_letter_stands_in_the_open_thread()
    {
        await using var visitor = await Open(1366);
        var page = visitor.Page;
        const string from = "wisdom@mail.example";
        await Write(visitor, from, "Wisdom tooth", "Does it have to come out?");
        await page.Locator(".conversation-line", new() { HasText = "Does it have to come out?" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".message.in").First).ToContainTextAsync("Does it have to come out?");
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("Let us look at it together.");
        await visitor.Looked("inbox/thread-1366");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".message.out")).ToContainTextAsync("Let us look at it together.");
        await visitor.Screen("inbox/sending-1366");
        await visitor.Letter(from, "Re: Wisdom tooth");
        await Assertions.Expect(page.Locator(".message.out .why")).ToContainTextAsync("Sent");
        await Write(visitor, from, "Re: Wisdom tooth", "On Thursday, then.");
        await Assertions.Expect(page.Locator(".message.in").Last).ToContainTextAsync("On Thursday, then.");
        // What stands before somebody's eyes is read by itself.
        await Assertions.Expect(page.Locator("form[data-seen]")).ToHaveCountAsync(0);
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator(".toast-line")).ToContainTextAsync("Closed");
        Visitor.Content(visitor);
    }

    [Fact]
    public async Task Who_reads_further_up_stays_there_while_others_write_and_at_the_end_sees_what_comes()
    {
        await using var visitor = await Open(1366);
        var page = visitor.Page;
        const string from = "long@mail.example";
        var tail = page.Locator("[data-tail]");
        for (var part = 1; part <= 6; part++)
            await Write(visitor, from, "A long story", $"Part {part}.\n{string.Join('\n', Enumerable.Repeat("And so it goes on.", 12))}");
        await page.Locator(".conversation-line", new() { HasText = "Part 6." }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".message.in")).ToHaveCountAsync(6);
        await page.WaitForFunctionAsync("() => { const t = document.querySelector('[data-tail]'); return t.scrollTop > 0 && t.scrollHeight - t.scrollTop - t.clientHeight < 2; }");
        await tail.EvaluateAsync("t => { t.scrollTop = 30; }");
        await page.WaitForTimeoutAsync(100);
        // Somebody else writes: only the list is renewed. Then they do, and the thread is.
        await Write(visitor, "other@mail.example", "Other", "Another matter entirely.");
        await Assertions.Expect(page.Locator(".conversation-line", new() { HasText = "Another matter entirely." })).ToBeVisibleAsync();
        Assert.Equal(30, await tail.EvaluateAsync<double>("t => t.scrollTop"), 1.0);
        await Write(visitor, from, "A long story", "Part 7.");
        await Assertions.Expect(page.Locator(".message.in")).ToHaveCountAsync(7);
        Assert.Equal(30, await tail.EvaluateAsync<double>("t => t.scrollTop"), 1.0);
        // Back at the end, what comes next is seen.
        await tail.EvaluateAsync("t => { t.scrollTop = t.scrollHeight; }");
        await page.WaitForTimeoutAsync(100);
        await Write(visitor, from, "A long story", "Part 8.");
        await Assertions.Expect(page.Locator(".message.in")).ToHaveCountAsync(8);
        Assert.True(await tail.EvaluateAsync<bool>("t => t.scrollHeight - t.scrollTop - t.clientHeight < 2"));
        Visitor.Content(visitor);
    }

    [Fact]
    public async Task A_slash_offers_snippets_an_at_colleagues_and_what_came_meanwhile_is_read_first()
    {
        await using var visitor = await Open(1366);
        var page = visitor.Page;
        const string from = "compose@mail.example";
        await visitor.Go("/a/demo/settings/snippets?snippet=new");
        await page.FillAsync("[name='Command.Name']", "Way here");
        await page.FillAsync("[name='Command.Text']", "The tram stops before our door.");
        await page.FillAsync("[name='Command.Subject']", "How to find us");
        await page.FillAsync("[name='Command.Tags']", "Directions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast-line")).ToContainTextAsync("Kept.");
        await visitor.Go("/a/demo/conversations");
        await Write(visitor, from, "The way", "How do I get to you?");
        await page.Locator(".conversation-line", new() { HasText = "How do I get to you?" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".message.in").First).ToContainTextAsync("How do I get to you?");
        var text = page.Locator("[name='Command.Text']");
        // The page's keys: the search of the inbox, a menu, the box for a note.
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("main [data-search]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator("#thread-snooze")).ToHaveAttributeAsync("open", "");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(text).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".thread-answer")).ToHaveAttributeAsync("data-note", "");

        await text.PressSequentiallyAsync("/way");
        await Assertions.Expect(page.Locator(".offers [role=option]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(text).ToHaveValueAsync("The tram stops before our door.");
        await Assertions.Expect(page.Locator(".thread-then")).ToContainTextAsync("Sending it also tags them “Directions”.");
        await Assertions.Expect(page.Locator(".thread-then")).ToContainTextAsync("An e-mail goes under “How to find us”.");
        await visitor.Looked("inbox/snippet-1366");
        await page.GetByRole(AriaRole.Button, new() { Name = "Only the text" }).ClickAsync();
        await Assertions.Expect(page.Locator(".thread-then")).ToHaveCountAsync(0);

        await text.PressSequentiallyAsync(" @");
        var people = System.Text.Json.JsonSerializer.Deserialize<string[]>((await text.GetAttributeAsync("data-people"))!)!;
        await Assertions.Expect(page.Locator(".offers [role=option]")).ToHaveCountAsync(Math.Min(people.Length, 8));
        if (people.Length > 0)
        {
            await page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("@" + System.Text.RegularExpressions.Regex.Escape(people[0].Split(' ')[0]), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        await Write(visitor, from, "Re: The way", "By tram, if I can.");
        await Assertions.Expect(page.Locator(".message.in").Last).ToContainTextAsync("By tram, if I can.");
        await Assertions.Expect(page.Locator(".thread-stale").First).ToContainTextAsync("Something new stands above");
        await text.FillAsync("The tram stops before our door.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".message.note")).ToContainTextAsync("The tram stops before our door.");
        await Assertions.Expect(text).ToHaveValueAsync("");
        Visitor.Content(visitor);
    }

    [Fact]
    public async Task In_the_hand_the_list_comes_first_and_an_answer_can_be_taken_back()
    {
        await using var visitor = await Open(390);
        var page = visitor.Page;
        const string from = "late@mail.example";
        await Write(visitor, from, "Late", "I am ten minutes late.");
        await page.Locator(".conversation-line", new() { HasText = "I am ten minutes late." }).First.WaitForAsync();
        await visitor.Looked("inbox/list-390");
        await page.Locator(".conversation-line", new() { HasText = "I am ten minutes late." }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".message.in").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".inbox-column")).ToBeHiddenAsync();
        await visitor.Looked("inbox/thread-390");
        await page.FillAsync("[name='Command.Text']", "No hurry.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Assertions.Expect(page.Locator("[name='Command.Text']")).ToHaveValueAsync("No hurry.");
        await Assertions.Expect(page.Locator(".message.out .why")).ToContainTextAsync("Taken back");
        Visitor.Content(visitor);
    }

    [Theory]
    [InlineData(1366, false)]
    [InlineData(1366, true)]
    [InlineData(390, true)]
    public async Task Every_view_is_in_order_by_day_and_by_night(int width, bool dark)
    {
        await using var visitor = await Open(width, dark);
        foreach (var view in (string[])["open", "mine", "unassigned", "snoozed", "closed", "starred"])
        {
            await visitor.Go($"/a/demo/conversations?view={view}");
            await visitor.Looked($"inbox/{view}-{width}{(dark ? "-dark" : "")}");
        }

        await visitor.Page.Locator(".conversation-line").First.ClickAsync();
        await visitor.Page.Locator(".message").First.WaitForAsync();
        await visitor.Looked($"inbox/starred-thread-{width}{(dark ? "-dark" : "")}");
        await visitor.Go("/dev/inbound");
        await visitor.Looked($"inbox/played-{width}{(dark ? "-dark" : "")}");
        Visitor.Content(visitor);
    }

    private async Task<Visitor> Open(int width, bool dark = false)
    {
        await app.Demo();
        var visitor = await app.NewVisitor(width, dark);
        await visitor.Go("/");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("demo") }).First.ClickAsync();
        await visitor.Page.WaitForURLAsync("**/a/demo**");
        await visitor.Go("/a/demo/conversations");
        return visitor;
    }

    private static async Task Write(Visitor visitor, string from, string subject, string text)
    {
        var answer = await visitor.Page.APIRequest.PostAsync("/dev/inbound/email", new() { DataObject = new { from, to = "demo@inbox.test", subject, text } });
        Assert.True(answer.Ok, await answer.TextAsync());
    }
}
