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
