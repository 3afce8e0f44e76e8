using System.Text.Json;
using Plura.Accounts;

namespace Plura.Tests;

/// <summary>What is asked of a passkey, and where passkeys are offered. That one opens the door is seen in a real browser.</summary>
public sealed class PasskeyTests(PluraApp app)
{
    private const string Page = "/me/security/passkeys";

    [Fact]
    public async Task The_device_is_asked_to_keep_it_and_to_see_its_person()
    {
        var browser = await (await app.NewAccount()).SignIn();
        var asked = (await Options(browser, Page, Page + "/options")).GetProperty("authenticatorSelection");
        Assert.Equal(("required", "required"), (asked.GetProperty("residentKey").GetString(), asked.GetProperty("userVerification").GetString()));
        Assert.Equal("required", (await Options(app.NewBrowser(), "/sign-in", "/sign-in/passkey/options")).GetProperty("userVerification").GetString());
    }

    [Theory]
    [InlineData("""{"clientExtensionResults":{"credProps":{"rk":false}}}""", false)]
    [InlineData("""{"clientExtensionResults":{"credProps":{"rk":true}}}""", true)]
    [InlineData("""{"clientExtensionResults":{"credProps":{}}}""", true)]
    [InlineData("""{"clientExtensionResults":{}}""", true)]
    [InlineData("[]", true)]
    [InlineData("not json", true)]
    [InlineData("", true)]
    public void A_device_that_says_that_it_keeps_none_is_believed(string credential, bool kept) => Assert.Equal(kept, Passkeys.IsKept(credential));

    [Fact]
    public async Task One_that_the_device_does_not_keep_is_refused_with_a_reason()
    {
        var page = await (await (await app.NewAccount()).SignIn()).Get(Page);
        var refused = await page.Submit("[name='Command.Name']", new { Name = "An old key", Credential = """{"clientExtensionResults":{"credProps":{"rk":false}}}""" });
        Assert.Contains("does not keep them", refused.Errors(), StringComparison.Ordinal);
        Assert.Contains("No passkey was made", (await page.Submit("[name='Command.Name']", new { Name = "Nothing", Credential = "{}" })).Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_another_host_name_they_are_not_offered_and_the_page_says_where_they_work()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Plura:PublicUrl=https://plura.example");
        var account = await own.NewAccount();
        Assert.Null((await own.NewBrowser().Get("/sign-in")).Document.QuerySelector("[data-passkey]"));
        var page = await (await account.SignIn()).Get(Page);
        Assert.Null(page.Document.QuerySelector("[data-passkey]"));
        Assert.Equal("https://plura.example/me/security/passkeys", page.Find(".notice a").GetAttribute("href"));
        await own.Do("insert into accounts.user_passkey (credential_id, user_id, data) values ('\\x01', $1, '{}')", account.OwnerId);
        var asked = await account.Browser.Get("/confirm-it-is-you");
        Assert.Null(asked.Document.QuerySelector("[data-passkey]"));
        Assert.Contains("Your passkeys work at https://plura.example only.", asked.Text, StringComparison.Ordinal);

        Assert.NotNull((await app.NewBrowser().Get("/sign-in")).Document.QuerySelector("[data-passkey]"));
        Assert.NotNull((await (await (await app.NewAccount()).SignIn()).Get(Page)).Document.QuerySelector("[data-passkey]"));
    }

    private static async Task<JsonElement> Options(Browser browser, string page, string path)
    {
        var token = (await browser.Get(page)).Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var answer = await browser.Send(HttpMethod.Post, path, form);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }
}
