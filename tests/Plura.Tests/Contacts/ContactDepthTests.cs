using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class ContactDepthTests(PluraApp app)
{
    [Fact]
    public async Task Address_birthday_and_time_zone_are_kept_by_page_api_filter_and_file()
    {
        var account = await app.NewAccount();
        var made = await account.Api.PostJson("/api/v1/contacts", new { firstName = "Ann", email = "ann@example.com", street = "12 Harbour Street", postalCode = "04101", city = "Portland", region = "ME", country = "United States", timeZone = "America/New_York", dateOfBirth = "1984-05-02" });
        Assert.Equal(("US", "1984-05-02"), (made.GetProperty("country").GetString(), made.GetProperty("dateOfBirth").GetString()));
        var id = made.GetProperty("id").GetGuid();
        await account.SignIn();
        var page = await account.Browser.Get(account.Page($"contacts/{id}"));
        Assert.Contains("12 Harbour Street, 04101 Portland, ME, United States", page.Text, StringComparison.Ordinal);
        Assert.Contains("America/New York", page.Text, StringComparison.Ordinal);
        var saved = await (await page.Click("Edit")).Submit(".side-panel form", new { City = "Bangor", TimeZone = "", Source = "Trade fair" });
        Assert.Contains("Bangor", saved.Text, StringComparison.Ordinal);
        Assert.Contains("time zone removed (was America/New_York)", saved.Text, StringComparison.Ordinal);
        Assert.Equal("Trade fair", (await account.Contact(id))!.Source);
        Assert.Equal(["Ann"], await account.Names(new AllOf([new Condition("city", "is", "bangor"), new Condition("country", "is", "US"), new Condition("date_of_birth", "between", (IReadOnlyList<string>)["1984-01-01", "1984-12-31"])])));
        var file = await (await account.Browser.Get(account.Page("contacts"))).Submit("form[action$='/export']", new { });
        Assert.Contains("1984-05-02,12 Harbour Street,04101,Bangor,ME,US", file.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dateOfBirth", "2.5.1984", "A date of birth is a day in the past, written like 1984-05-02.")]
    [InlineData("dateOfBirth", "2999-01-01", "A date of birth is a day in the past, written like 1984-05-02.")]
    [InlineData("timeZone", "Mars/Base", "“Mars/Base” is not a time zone. Write it like Europe/Berlin or America/New_York.")]
    [InlineData("country", "Atlantis", "“Atlantis” is not a country. Give its two letters, for example US.")]
    public async Task What_cannot_be_is_refused_beside_its_field(string field, string value, string text)
    {
        var account = await app.NewAccount();
        using var answer = await account.Api.Post("/api/v1/contacts", new Dictionary<string, string> { ["firstName"] = "Ann", [field] = value });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(text, (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task Who_is_under_age_by_their_date_of_birth_is_marked_so()
    {
        var account = await app.NewAccount();
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        var child = (await account.TryCreate(new CreateContact { FirstName = "Kim", DateOfBirth = today.AddYears(-17).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) })).Value;
        var adult = (await account.TryCreate(new CreateContact { FirstName = "Ann", DateOfBirth = today.AddYears(-18).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) })).Value;
        Assert.Equal((true, false), ((await account.Contact(child))!.Minor, (await account.Contact(adult))!.Minor));
    }

    [Fact]
    public async Task Several_addresses_have_labels_and_one_of_them_is_the_main_one()
    {
        var account = await app.NewAccount();
        var made = await account.Api.PostJson("/api/v1/contacts", new { firstName = "Ann", email = "ann@example.com", emails = new[] { "ann@work.example" }, labels = new Dictionary<string, string> { ["ANN@work.example"] = "Work" } });
        var id = made.GetProperty("id").GetGuid();
        Assert.Equal([("ann@example.com", "", true), ("ann@work.example", "Work", false)], (await account.Contact(id))!.Emails.Select(e => (e.Normal, e.Label, e.Primary)));
        await account.SignIn();
        var panel = await account.Browser.Get(account.Page($"contacts/{id}?edit=1"));
        var refused = await panel.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Emails[0].Value"] = "nobody", ["Emails[2].Value"] = "third@example.com", ["Emails[2].Label"] = "Old", ["Phones[0].Value"] = "(415) 555-0123" });
        Assert.Contains("“nobody” is not an e-mail address.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("third@example.com", refused.Find("[name='Emails[2].Value']").GetAttribute("value"));
        var saved = await refused.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Emails[0].Value"] = "", ["Emails.Main"] = "2" });
        Assert.Equal([("third@example.com", "Old", true), ("ann@work.example", "Work", false)], (await account.Contact(id))!.Emails.Select(e => (e.Normal, e.Label, e.Primary)));
        Assert.Contains("+14155550123", saved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_and_followers_come_back_from_the_bin()
    {
        var account = await app.NewAccount();
        var id = (await account.TryCreate(new CreateContact { FirstName = "Ann", Email = "ann@example.com", Labels = new() { ["ann@example.com"] = "Work" }, City = "Portland", DateOfBirth = "1984-05-02" })).Value;
        await account.Api.PostJson($"/api/v1/contacts/{id}/followers", new { user = account.OwnerId });
        var before = await account.Contact(id);
        (await account.Api.Delete($"/api/v1/contacts/{id}")).Dispose();
        await account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = id }, default));
        var after = await account.Contact(id);
        Assert.Equal((before!.Emails[0].Label, before.City, before.DateOfBirth), (after!.Emails[0].Label, after.City, after.DateOfBirth));
        Assert.Equal([account.OwnerId], after.Followers);
    }

    [Fact]
    public async Task Followers_are_put_on_and_taken_off_and_can_be_asked_for()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann");
        await account.Create("Ben");
        await account.SignIn();
        var page = await (await account.Browser.Get(account.Page($"contacts/{id}"))).Submit("[name=Follower]", new { Follower = account.OwnerId.ToString() });
        Assert.Equal([account.OwnerId], (await account.Contact(id))!.Followers);
        Assert.Equal(["Ann"], await account.Names(new Condition("follower", "is", account.OwnerId.ToString())));
        Assert.Equal(["Ben"], await account.Names(new Condition("follower", "is", "none")));
        Assert.Equal(["Ben"], await account.Names(new Condition("follower", "empty", (IReadOnlyList<string>)[])));
        await page.Submit("[name=Unfollow]", new { Unfollow = account.OwnerId.ToString() });
        Assert.Empty((await account.Contact(id))!.Followers);
        using var stranger = await account.Api.Post($"/api/v1/contacts/{id}/followers", new { user = Guid.CreateVersion7(app.Clock.GetUtcNow()) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.StatusCode);
    }

    [Fact]
    public async Task A_follower_learns_of_a_note_that_somebody_else_wrote_and_follows_nobody_after_leaving()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app);
        var id = await account.Create("Ann");
        foreach (var user in (Guid[])[account.OwnerId, cora.Id])
            await account.Api.PostJson($"/api/v1/contacts/{id}/followers", new { user });
        await account.SignIn();
        await (await account.Browser.Get(account.Page($"contacts/{id}"))).Submit("[name=_handler][value=add-note]", new { Text = "Likes tea" });
        await account.Work();
        Assert.Equal(cora.Id, await account.Ask<Guid>("select user_id from accounts.notice where kind = 'followed_note'"));
        await (await account.Browser.Get(account.Page($"settings/people?person={cora.Id}"))).Submit("#remove-person form", new { });
        await account.Work();
        Assert.Equal([account.OwnerId], (await account.Contact(id))!.Followers);
    }

    [Fact]
    public async Task PostgreSQL_itself_narrows_followers_companies_and_unique_values()
    {
        var account = await app.NewAccount();
        await account.In(s => s.GetRequiredService<KeepFieldHandler>().Handle(new KeepField { Label = "Number", Kind = "text", Privacy = "none", Unique = true }, default));
        var cora = await account.Colleague(app);
        var mina = (await account.TryCreate(new CreateContact { FirstName = "Mina", Company = "Mill", Fields = new() { ["number"] = "1" }, Assignee = cora.Id })).Value;
        var theo = (await account.TryCreate(new CreateContact { FirstName = "Theo", Company = "Tailor", Fields = new() { ["number"] = "2" } })).Value;
        foreach (var id in (Guid[])[mina, theo])
            await account.Api.PostJson($"/api/v1/contacts/{id}/followers", new { user = account.OwnerId });
        await using var open = await app.OpenApp();
        await using (var enter = TenantConnections.Set(open, account.Id, [cora.Id]))
            await enter.ExecuteNonQueryAsync();
        Assert.Equal("Mill", await open.Ask<string>("select string_agg(name, ' ') from contacts.company"));
        Assert.Equal(mina, await open.Ask<Guid>("select contact_id from contacts.contact_follower"));
        Assert.Equal("1", await open.Ask<string>("select string_agg(normal, ' ') from contacts.unique_value"));
        Assert.Equal(1L, await open.Ask<long>("select count(*) from contacts.company_change"));
        Assert.Equal(0L, await open.Ask<long>("select count(*) from contacts.search_company(array['tailor'], 10)"));
        Assert.Equal("number", await open.Ask<string>("select key from contacts.take_values('contact', $1, '{\"number\":\"2\"}')", mina));
    }
}
