using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Plura.Tests;

namespace Plura.Browser;

/// <summary>The doors between us and others: in with Google, and an app that somebody lets in.</summary>
[Collection("one after the other")]
public sealed class OtherDoorTests(LiveApp app)
{
    [Fact]
    public async Task Google_is_connected_opens_and_brings_a_stranger_to_the_same_questions()
    {
        await using var person = await app.NewVisitor();
        var page = person.Page;
        var email = await app.Join("google");
        app.Google.Person = ("g-" + email, "Dora Door", email, true);
        var home = await person.SignIn(email);
        await person.Go("/me/security");
        await page.Locator(".line-item", new() { HasText = "Google" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose a Google account" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).WaitForAsync();
        await person.Looked("doors/google-connect");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByText("Connected. Next time").First.WaitForAsync();
        await person.Looked("doors/google-connected");

        // From a clean browser, with no password, to the page that was asked for.
        await using var elsewhere = await app.NewVisitor(390);
        await elsewhere.Page.GotoAsync($"{home}/settings");
        await elsewhere.Looked("doors/sign-in-google-390");
        await elsewhere.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Google" }).ClickAsync();
        await elsewhere.Page.WaitForURLAsync($"**{home}/settings");

        app.Google.Person = ("g-stranger-" + email, "Sam Stranger", "sam-" + email, true);
        await using var stranger = await app.NewVisitor(390, dark: true);
        await stranger.Go("/sign-in");
        await stranger.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Google" }).ClickAsync();
        await stranger.Page.WaitForURLAsync("**/sign-up**");
        Assert.Equal("Sam Stranger", await stranger.Page.InputValueAsync("[name='Command.Name']"));
        await stranger.Looked("doors/sign-up-google-390-dark");

        // Said no over there: back with a sentence.
        app.Google.Refuse = true;
        await stranger.Go("/sign-in");
        await stranger.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Google" }).ClickAsync();
        await stranger.Page.GetByText("did not let you in").First.WaitForAsync();
        await stranger.Looked("doors/google-refused-390-dark");
        app.Google.Refuse = false;
        Visitor.Content(person, elsewhere, stranger);
    }

    [Fact]
    public async Task An_app_is_made_let_in_works_and_is_put_out()
    {
        await using var theirs = SmallServer.New();
        theirs.MapGet("/back", () => Results.Text("Welcome back"));
        await theirs.StartAsync();
        var returns = theirs.Urls.First() + "/back";
        await using var owner = await app.NewVisitor();
        var page = owner.Page;
        var email = await app.Join("apps");
        var home = await owner.SignIn(email);
        await owner.Go($"/g/{home[3..]}/apps");
        await page.FillAsync("[name='Command.Name']", "Till Roll");
        await page.FillAsync("[name='Command.Returns']", returns);
        await page.CheckAsync("[name='Scopes'][value='contacts.read']");
        await owner.Looked("doors/apps");
        await page.Locator("form:has([name='Command.Name']) button[type=submit]").ClickAsync();
        await page.Locator(".copy-line code").First.WaitForAsync();
        await owner.Looked("doors/app-made");
        var (client, secret) = (await page.Locator(".copy-line code").Nth(0).InnerTextAsync(), await page.Locator(".copy-line code").Nth(1).InnerTextAsync());

        // Whoever comes from the app without being signed in is asked first, then sees what it wants.
        await using var person = await app.NewVisitor(390);
        var verifier = Base64Url(RandomNumberGenerator.GetBytes(32));
        var asks = $"/oauth/authorize?response_type=code&client_id={client}&redirect_uri={Uri.EscapeDataString(returns)}&scope=contacts.read&state=one&code_challenge={Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))}&code_challenge_method=S256";
        await person.Page.GotoAsync(asks);
        await person.Page.WaitForURLAsync("**/sign-in**");
        await person.Page.FillAsync("[name='Command.Email']", email);
        await person.Page.FillAsync("[name='Command.Password']", LiveApp.Password);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await person.Page.GetByRole(AriaRole.Heading, new() { Name = "Let Till Roll in?" }).WaitForAsync();
        await person.Looked("doors/consent-390");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Do not let it in" }).ClickAsync();
        await person.Page.WaitForURLAsync(returns + "?*");
        Assert.Equal("access_denied", HttpUtility.ParseQueryString(new Uri(person.Page.Url).Query)["error"]);

        await owner.Go(asks);
        await owner.Looked("doors/consent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(returns + "?*");
        var back = HttpUtility.ParseQueryString(new Uri(page.Url).Query);
        Assert.Equal("one", back["state"]);
        await using var program = await app.NewVisitor();
        var form = program.Page.APIRequest.CreateFormData();
        foreach (var (name, value) in ((string, string)[])[("grant_type", "authorization_code"), ("code", back["code"]!), ("redirect_uri", returns), ("client_id", client), ("client_secret", secret), ("code_verifier", verifier)])
            form.Set(name, value);
        var tokens = (await (await program.Page.APIRequest.PostAsync("/oauth/token", new() { Form = form })).JsonAsync())!.Value;
        var call = new APIRequestContextOptions { Headers = [new("Authorization", "Bearer " + tokens.GetProperty("access_token").GetString())], DataObject = new { } };
        Assert.Equal(200, (await program.Page.APIRequest.PostAsync("/api/v1/contacts/search", call)).Status);

        await owner.Go($"{home}/settings/apps");
        await page.GetByText("Till Roll").First.WaitForAsync();
        await owner.Looked("doors/connected-apps");
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).First.ClickAsync();
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await page.GetByText("No app is connected").First.WaitForAsync();
        Assert.Equal(401, (await program.Page.APIRequest.PostAsync("/api/v1/contacts/search", call)).Status);
        Visitor.Content(owner, person);
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
