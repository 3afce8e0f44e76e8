using System.Net;
using System.Text.Json;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

/// <summary>Values changed where they stand in a list.</summary>
public sealed class CellTests(PluraApp app)
{
    [Fact]
    public async Task A_value_is_changed_in_its_place_and_shown_in_its_one_form()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("budget", CustomField.Money).For(CustomField.OnContacts, "USD"));
        var ann = await account.Create("Ann", email: "ann@example.com");
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts"));
        Assert.Equal("ann@example.com", list.Find("td[data-cell=email]").GetAttribute("data-value"));
        await Kept(account, list, ann, "phone", "(415) 555-0199", "");
        await Kept(account, list, ann, "company", "Bakery", "");
        await Kept(account, list, ann, "fields.budget", "$1,250", "");
        await Kept(account, list, ann, "email", "ann@other.example", "ann@example.com");
        var contact = (await account.Contact(ann))!;
        Assert.Equal(("+14155550199", "Bakery", "1250.00", "ann@other.example"), (contact.Phones[0].Normal, contact.Company, contact.Fields["budget"], contact.Email));
        // The same again changes nothing and is no conflict: a form sent twice.
        await Kept(account, list, ann, "company", "Bakery", "");
    }

    [Fact]
    public async Task What_is_no_address_is_refused_with_a_sentence_and_what_somebody_else_wrote_stays()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@example.com");
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts"));
        Assert.Contains("e-mail address", await Refused(account, list, ann, "email", "nobody", "ann@example.com", HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        await Kept(account, list, ann, "city", "Bath", "");
        Assert.Contains("it says “Bath” now", await Refused(account, list, ann, "city", "Wells", "", HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("cannot be changed here", await Refused(account, list, ann, "tags", "VIP", "", HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Equal(("ann@example.com", "Bath"), ((await account.Contact(ann))!.Email, (await account.Contact(ann))!.City));
    }

    public static async Task<HttpResponseMessage> Post(TestAccount account, WebPage page, Guid contact, string column, string value, string was)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = page.Find("[name=__RequestVerificationToken]").GetAttribute("value")!,
            ["Column"] = column,
            ["Value"] = value,
            ["Was"] = was,
        });
        return await account.Browser.Send(HttpMethod.Post, account.Page($"contacts/{contact}/cell"), content, follow: false, accept: "application/json");
    }

    private static async Task Kept(TestAccount account, WebPage page, Guid contact, string column, string value, string was)
    {
        using var answer = await Post(account, page, contact, column, value, was);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> Refused(TestAccount account, WebPage page, Guid contact, string column, string value, string was, HttpStatusCode status)
    {
        using var answer = await Post(account, page, contact, column, value, was);
        Assert.Equal(status, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).ToString();
    }
}
