using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Contacts;

public sealed class TimelineTests(PluraApp app)
{
    [Fact]
    public async Task The_story_is_read_page_by_page_without_gap_or_repetition_also_where_moments_are_the_same()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        await account.Send(await account.Letter());
        await account.Settle(app);
        for (var i = 0; i < 9; i++)
            await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = $"Note {i}" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Call", contact = ann });
        // Five notes and a change of the same moment.
        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            var moment = app.Clock.GetUtcNow();
            await db.Database.ExecuteSqlAsync($"update contacts.note set at = {moment} where text < 'Note 5'");
            await db.Database.ExecuteSqlAsync($"update contacts.contact_change set at = {moment}");
        });
        var whole = await Read(account, ann, 200);
        Assert.Equal(whole.Count, whole.Distinct(StringComparer.Ordinal).Count());
        Assert.True(whole.Count >= 13, string.Join('\n', whole));
        foreach (var limit in (int[])[1, 2, 5])
            Assert.Equal(whole, await Read(account, ann, limit));
    }

    [Fact]
    public async Task Kinds_are_filtered_and_an_unknown_one_is_refused_with_those_that_there_are()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Likes tea" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Call", contact = ann });
        var items = (await account.Api.GetJson($"/api/v1/contacts/{ann}/timeline?kinds=note,task")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["note", "task"], items.Select(i => i.GetProperty("kind").GetString()).Order(StringComparer.Ordinal));
        Assert.Contains(items, i => i.GetProperty("text").GetString() == "Likes tea");
        using var wrong = await account.Api.Send(HttpMethod.Get, $"/api/v1/contacts/{ann}/timeline?kinds=tea", accept: "application/json");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("message", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_older_entries_by_a_link_and_one_kind_by_a_chip()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        for (var i = 0; i < 35; i++)
            await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = $"Note {i:00}" });
        var page = await (await account.SignIn()).Get(account.Page($"contacts/{ann}"));
        Assert.Contains("Note 34", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Note 04", page.Text, StringComparison.Ordinal);
        Assert.Contains("Note 04", (await page.Click("Show older")).Text, StringComparison.Ordinal);
        var changes = await page.Click("Changes");
        Assert.Contains("Added by", changes.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Note 34", changes.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_read_notes_finds_none_in_the_story()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Secret" });
        var role = await account.In(async services => (await services.GetRequiredService<Plura.Accounts.KeepRoleHandler>().Handle(new Plura.Accounts.KeepRole { Name = "Helper", Permissions = ["contacts.read"] }, default)).Value);
        var helper = await account.Colleague(app, "custom", roleId: role);
        var page = await helper.Browser.Get(account.Page($"contacts/{ann}"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("Secret", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Notes", page.All(".chip"));
    }

    [Fact]
    public async Task Notes_and_tasks_wait_for_a_contact_that_is_in_the_bin()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Likes tea" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Call", contact = ann });
        (await account.Api.Delete($"/api/v1/contacts/{ann}")).Dispose();
        Assert.Empty((await account.Api.GetJson("/api/v1/tasks")).GetProperty("items").EnumerateArray());
        await account.Api.PostJson($"/api/v1/contacts/{ann}/restore", new { });
        Assert.Single((await account.Api.GetJson("/api/v1/tasks")).GetProperty("items").EnumerateArray());
        Assert.Contains("Likes tea", (await account.Api.GetJson($"/api/v1/contacts/{ann}/notes")).ToString(), StringComparison.Ordinal);
    }

    private static async Task<List<string>> Read(TestAccount account, Guid contact, int limit)
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await account.Api.GetJson($"/api/v1/contacts/{contact}/timeline?limit={limit}{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(e => $"{e.GetProperty("at")} {e.GetProperty("kind")} {e.GetProperty("id")}"));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return seen;
    }
}
