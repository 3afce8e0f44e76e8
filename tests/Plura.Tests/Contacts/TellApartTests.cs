using System.Net;

namespace Plura.Tests.Contacts;

public sealed class TellApartTests(PluraApp app)
{
    [Fact]
    public async Task An_account_may_decide_that_two_contacts_share_an_address()
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();
        using var first = await account.Api.Post("/api/v1/contacts", new { firstName = "Ann", email = "family@people.example" });
        using var refused = await account.Api.Post("/api/v1/contacts", new { firstName = "Bob", email = "family@people.example" });
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], [first.StatusCode, refused.StatusCode]);

        var saved = await (await inside.Get(account.Page("settings/contacts"))).Submit("main form", new { AllowDuplicates = true, MatchFirst = "phone" });

        Assert.True(saved.Find("[name='Command.AllowDuplicates']").HasAttribute("checked"));
        using var second = await account.Api.Post("/api/v1/contacts", new { firstName = "Bob", email = "family@people.example" });
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal("phone", await account.Ask<string>("select match_first from contacts.settings"));
    }

    [Fact]
    public async Task An_unknown_kind_of_address_is_refused()
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();

        var page = await (await inside.Get(account.Page("settings/contacts"))).Submit("main form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["MatchFirst"] = "pigeon" });

        Assert.Contains("Choose e-mail or phone", page.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.settings"));
    }
}
