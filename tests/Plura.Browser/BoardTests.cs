using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>The board of the demo: dragged by mouse, moved by the menu, and two people at the same card.</summary>
[Collection("one after the other")]
public sealed class BoardTests(LiveApp app)
{
    [Fact]
    public async Task A_card_is_dragged_by_mouse_and_the_move_is_taken_back()
    {
        await using var visitor = await Open(1366);
        var page = visitor.Page;
        var card = await First(page);
        await page.Locator(In(1, card)).DragToAsync(page.Locator(Cards(2)), new() { TargetPosition = new() { X = 60, Y = 12 } });
        await Assertions.Expect(page.Locator(In(2, card))).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-board-said]")).ToContainTextAsync("moved to Consultation");
        await visitor.Screen("board/dragged");
        await page.Locator("[data-board-undo] button").ClickAsync();
        await Assertions.Expect(page.Locator(In(1, card))).ToBeVisibleAsync();
        Nothing(await visitor.Barriers());
        Nothing(visitor.Complaints);
    }

    [Fact]
    public async Task On_a_phone_a_card_is_moved_by_its_menu_with_keys_alone()
    {
        await using var visitor = await Open(390);
        var page = visitor.Page;
        var card = await First(page);
        Assert.False(await visitor.ScrollsSideways());
        // Before a menu lies over other cards: what it half covers counts as too small to touch.
        Nothing(await visitor.Barriers());
        await page.Locator($"{In(1, card)} summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var choice = page.Locator($"{In(1, card)} .menu[open] button.menu-item").First;
        await choice.WaitForAsync();
        await visitor.Screen("board/menu-390");
        await choice.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".notice.good").First).ToContainTextAsync("moved to Consultation");
        await Assertions.Expect(page.Locator(In(2, card))).ToBeVisibleAsync();
        await page.Locator(".notice.good form button", new() { HasText = "Undo" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(In(1, card))).ToBeVisibleAsync();
        Nothing(visitor.Complaints);
    }

    [Fact]
    public async Task Of_two_who_drag_the_same_card_one_wins_and_the_other_sees_it()
    {
        await using var ann = await Open(1366);
        await using var ben = await Open(1366);
        var card = await First(ann.Page);

        // Ben holds the card; meanwhile Ann drops it. His board waits until he lets go.
        await ben.Page.Locator(In(1, card)).HoverAsync();
        await ben.Page.Mouse.DownAsync();
        await ben.Page.Locator(Cards(3)).HoverAsync(new() { Position = new() { X = 60, Y = 12 } });
        await ann.Page.Locator(In(1, card)).DragToAsync(ann.Page.Locator(Cards(2)), new() { TargetPosition = new() { X = 60, Y = 12 } });
        await Assertions.Expect(ann.Page.Locator("[data-board-said]")).ToContainTextAsync("moved to Consultation");
        await ben.Page.Locator(Cards(3)).HoverAsync(new() { Position = new() { X = 64, Y = 16 } });
        await ben.Page.Mouse.UpAsync();

        await Assertions.Expect(ben.Page.Locator("[data-board-refused]")).ToContainTextAsync("Somebody else changed this opportunity");
        await Assertions.Expect(ben.Page.Locator(In(2, card))).ToBeVisibleAsync();
        await ben.Screen("board/refused");
        await ann.Page.Locator("[data-board-undo] button").ClickAsync();
        await Assertions.Expect(ben.Page.Locator(In(1, card))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_menu_of_the_last_card_is_not_cut_off()
    {
        await using var visitor = await Open(1366);
        var last = visitor.Page.Locator($"{Cards(1)} .deal").Last;
        await last.Locator("summary").ClickAsync();
        await Assertions.Expect(last.Locator(".menu-list")).ToBeInViewportAsync(new() { Ratio = 1 });
        await visitor.Screen("board/last-menu");
        Nothing(visitor.Complaints);
    }

    [Theory]
    [InlineData(1366)]
    [InlineData(390)]
    public async Task Forms_and_panels_are_in_order(int width)
    {
        await using var visitor = await Open(width);
        var page = visitor.Page;
        var card = await First(page);
        var needy = await page.Locator(Cards(4)).GetAttributeAsync("data-stage");
        await visitor.Go("/a/demo/opportunities/new");
        var person = await page.Locator("tr[data-href] .main a").First.GetAttributeAsync("href");
        foreach (var (name, path) in new[] { ("edit", $"{card}?edit=1"), ("lost", $"{card}?end=lost"), ("fill", $"{card}?to={needy}"), ("new", person!) })
        {
            await visitor.Go(path);
            Nothing(await visitor.Barriers());
            Assert.False(await visitor.ScrollsSideways(), $"{path} scrolls sideways at {width}.");
            await visitor.Screen($"board/{name}-{width}");
        }

        Nothing(visitor.Complaints);
    }

    private async Task<Visitor> Open(int width)
    {
        await app.Demo();
        var visitor = await app.NewVisitor(width);
        await visitor.Go("/");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("demo") }).First.ClickAsync();
        await visitor.Page.WaitForURLAsync("**/a/demo**");
        await visitor.Go("/a/demo/opportunities");
        await visitor.Page.WaitForFunctionAsync("() => customElements.get('plura-board') !== undefined");
        return visitor;
    }

    /// <summary>The address of the first stage's first card, by which it is found again.</summary>
    private static async Task<string> First(IPage page) => (await page.Locator($"{Cards(1)} .deal").First.GetAttributeAsync("data-card"))!;

    private static string Cards(int stage) => $".board-stage:nth-child({stage}) .board-cards";

    private static string In(int stage, string card) => $"{Cards(stage)} [data-card='{card}']";

    private static void Nothing(IReadOnlyCollection<string> problems) => Assert.True(problems.Count == 0, string.Join('\n', problems));
}
