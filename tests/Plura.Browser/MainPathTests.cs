using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace Plura.Browser;

/// <summary>The one job, by mouse and keyboard: sign up, bring people, send them a letter that is permitted, and ask why.</summary>
[Collection("one after the other")]
public sealed class MainPathTests(LiveApp app)
{
    private const string People = """
        E-mail;First name;Last name;City
        anna@reader.example;Anna;Ames;Boston
        bert@reader.example;Bert;Boyle;Boston
        cleo@reader.example;Cleo;Crane;Salem
        not an address;Dora;Dune;Salem
        """;

    [Fact]
    public async Task A_business_signs_up_imports_sends_and_asks_why()
    {
        await using var owner = await app.NewVisitor();
        var page = owner.Page;
        var address = $"olivia-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString()[^8..]}@bakery.example";
        await SignUp(owner, address);
        await Confirm(owner, address);
        var home = await owner.SignIn(address);
        await GivePostalAddress(owner, home);
        await Import(owner, home);
        var campaign = await Send(owner, home);

        // The letter arrived; its reader finds it in the mailbox, reads it as rendered and unsubscribes without signing in.
        await owner.Letter("anna@reader.example", "Fresh bread on Friday");
        await using (var reader = await app.NewVisitor(390))
        {
            await reader.Go("/dev/mailbox");
            await reader.Page.FillAsync("[name=to]", "anna@reader.example");
            await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
            await reader.Page.GetByText("Fresh bread on Friday").First.ClickAsync();
            var letter = reader.Page.FrameLocator("iframe");
            await Assertions.Expect(letter.Locator("body")).ToContainTextAsync("Hello Anna");
            await reader.Screen("path/letter-390");
            // The letter's link opens beside it, as in a mail program.
            var tab = await reader.Page.RunAndWaitForPopupAsync(() => letter.GetByRole(AriaRole.Link, new() { NameRegex = new("nsubscribe") }).First.ClickAsync());
            await tab.WaitForLoadStateAsync();
            await reader.Go(new Uri(tab.Url).PathAndQuery);
            await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" }).ClickAsync();
            await reader.Page.GetByText("You are unsubscribed").First.WaitForAsync();
            await reader.Screen("path/unsubscribed-390");
            Nothing(reader.Complaints);
        }

        // Why did Anna get it, and what happened then?
        await owner.Go($"{campaign}/recipients");
        await page.GetByText("Anna Ames").First.ClickAsync();
        await page.WaitForURLAsync("**/why/**");
        await page.Locator(".why-sum").First.WaitForAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Anna", new() { IgnoreCase = true });
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Unsubscribed by the link in this letter");
        await owner.Screen("path/why");
        Nothing(await owner.Barriers());
        Nothing(owner.Complaints);
    }

    private static void Nothing(IReadOnlyCollection<string> problems) => Assert.True(problems.Count == 0, string.Join('\n', problems));

    private static async Task SignUp(Visitor owner, string address)
    {
        await owner.Go("/");
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Create your account" }).First.ClickAsync();
        var page = owner.Page;
        await page.FillAsync("[name$=Name]", "Olivia Owner");
        await page.FillAsync("[name$=Email]", address);
        await page.FillAsync("[name$=Password]", LiveApp.Password);
        await page.FillAsync("[name$=Business]", "Corner Bakery");
        await page.SelectOptionAsync("[name$=Country]", "US");
        await page.Locator("[name$=TimeZone]").EvaluateAsync("(field, zone) => { field.value = zone; }", "America/New_York");
        await page.FillAsync("[name$=BirthYear]", "1980");
        await page.CheckAsync("[name$=AcceptTerms][type=checkbox]");
        await page.CheckAsync("[name$=AcceptProcessing][type=checkbox]");
        await owner.Screen("path/sign-up");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await page.GetByText("Check your mail").First.WaitForAsync();
    }

    private static async Task Confirm(Visitor owner, string address)
    {
        await owner.Follow(await owner.Letter(address), "confirm");
        await owner.Page.Locator("main form button[type=submit]").First.ClickAsync();
        await owner.Page.WaitForLoadStateAsync();
    }

    private static async Task GivePostalAddress(Visitor owner, string home)
    {
        await owner.Go($"{home}/settings");
        await owner.Page.FillAsync("[name$=PostalAddress]", "1 High Street\nBoston MA 02101");
        await owner.Page.Locator("main form:has([name$=PostalAddress]) button[type=submit]").First.ClickAsync();
        await owner.Page.WaitForLoadStateAsync();
    }

    private static async Task Import(Visitor owner, string home)
    {
        var page = owner.Page;
        await owner.Go($"{home}/contacts/import");
        await page.SetInputFilesAsync("[name=File]", new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(People) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload and look at the columns" }).ClickAsync();
        await page.WaitForURLAsync("**/contacts/import/*");
        await page.CheckAsync("[name='Attest[email]'][type=checkbox]");
        await page.FillAsync("[name='Attestation[email].Source']", "Sign-up sheet at the counter");
        await page.FillAsync("[name='Attestation[email].Wording']", "Yes, send me news from the bakery.");
        await page.FillAsync("[name='Attestation[email].Date']", TimeProvider.System.GetUtcNow().AddDays(-30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await owner.Screen("path/import-columns");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show me what would happen" }).ClickAsync();
        var go = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Import \\d") });
        await go.WaitForAsync(new() { Timeout = 60_000 });
        await owner.Screen("path/import-preview");
        await go.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to your contacts" }).WaitForAsync(new() { Timeout = 60_000 });
        await owner.Screen("path/import-done");
        await owner.Go($"{home}/contacts");
        await page.GetByText("Cleo Crane").First.WaitForAsync();
    }

    private static async Task<string> Send(Visitor owner, string home)
    {
        var page = owner.Page;
        await owner.Go($"{home}/campaigns");
        await page.GetByRole(AriaRole.Link, new() { Name = "New campaign" }).First.ClickAsync();
        await page.FillAsync("[name=Subject]", "Fresh bread on Friday");
        await page.GetByRole(AriaRole.Button, new() { Name = "HTML" }).ClickAsync();
        await page.FillAsync("textarea[name=Html]", "<p>Hello {{ contact.first_name | default: \"there\" }}, bread from seven.</p>");
        await page.CheckAsync("[name=audience][value=all]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Review and send" }).ClickAsync();
        await page.WaitForURLAsync("**/review");
        await owner.Screen("path/review");
        Nothing(await owner.Barriers());
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send to 3") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, send it" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/review", StringComparison.Ordinal));
        // The page itself learns of the end; nobody presses reload.
        await page.Locator("[data-live] div[data-state=sent]").First.WaitForAsync(new() { Timeout = 60_000 });
        await owner.Screen("path/sent");
        return new Uri(page.Url).AbsolutePath;
    }
}
