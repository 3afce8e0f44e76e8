using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Architecture;

/// <summary>Another account's ids where a form or a query carries them, not the address: they are nobody's.</summary>
public sealed class ForeignIdsTests(PluraApp app)
{
    private const string Mark = "zanzibar@people.example";

    [Fact]
    public async Task A_form_with_another_accounts_ids_shows_and_changes_nothing_of_it()
    {
        var (ours, theirs) = (await app.NewAccount("Ours"), await app.NewAccount("Theirs"));
        var (contact, mine) = (await ours.Person("Zanzibar"), await theirs.Person("Ann"));
        var team = (await ours.In(s => s.GetRequiredService<KeepTeamHandler>().Handle(new KeepTeam { Name = "Front desk", Members = [ours.OwnerId] }, default))).Value;
        var before = await Rows(ours);
        var browser = await theirs.SignIn();
        var token = (await browser.Get(theirs.Page("contacts"))).Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        (string Path, (string, string)[] Fields)[] posts =
        [
            ("contacts", [("_handler", "selected"), ("Ids", contact.ToString()), ("Do", "tag"), ("NewTag", "Mine now")]),
            ("contacts", [("_handler", "selected"), ("Ids", contact.ToString()), ("Do", "delete")]),
            ("contacts/bin", [("_handler", "restore"), ("Id", contact.ToString())]),
            ("contacts/export", [("Ids", contact.ToString())]),
            ("contacts/duplicates", [("_handler", "duplicates"), ($"In-{contact}", contact.ToString()), ($"In-{contact}", mine.ToString()), ("Do", $"apart:{contact}")]),
            ($"contacts/{mine}/merge/{contact}", [("_handler", "merge"), ("Stay", mine.ToString())]),
            ($"contacts/{mine}", [("_handler", "assign"), ("Assignee", ours.OwnerId.ToString())]),
            ("campaigns/preview", [("Subject", "Hello"), ("Html", "<p>Dear {{ contact.first_name }} {{ contact.email }}</p>"), ("contact", contact.ToString())]),
            ("campaigns/test", [("Subject", "Hello"), ("Html", "<p>Dear {{ contact.first_name }} {{ contact.email }}</p>"), ("contact", contact.ToString())]),
            ("settings/people?invite=1", [("_handler", "invite"), ("Command.Emails", "guest@people.example"), ("Command.Role", "member"), ("Command.Sight", "all"), ("Teams", team.ToString())]),
            ($"settings/people?person={ours.OwnerId}", [("_handler", "person"), ("Command.Role", "read_only"), ("Command.Sight", "all")]),
            ($"settings/people?person={ours.OwnerId}", [("_handler", "remove-person")]),
            ($"settings/teams?team={team}", [("_handler", "team"), ("Command.Name", "Mine now")]),
            ("settings/teams?team=new", [("_handler", "team"), ("Command.Name", "Both"), ("Members", ours.OwnerId.ToString())]),
        ];
        foreach (var (path, fields) in posts)
        {
            using var form = new FormUrlEncodedContent(fields.Prepend(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            form.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            using var answer = await browser.Send(HttpMethod.Post, theirs.Page(path), form, follow: false);
            Assert.DoesNotContain(Mark, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Dear Zanzibar", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        foreach (var query in (string[])[$"contacts?assignee={ours.OwnerId}", "contacts?q=zanzibar", "campaigns/readers?q=zanzibar", $"settings/activity?person={ours.OwnerId}", $"settings/people?person={ours.OwnerId}"])
            Assert.DoesNotContain(Mark, (await browser.Get(theirs.Page(query))).Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await Rows(ours));
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.team_member where tenant_id = $1 and user_id = $2", theirs.Id, ours.OwnerId));
        Assert.Equal(0L, await app.Ask<long>("select count(*) from contacts.contact where tenant_id = $1 and assignee_id = $2", theirs.Id, ours.OwnerId));
        // The same forms do something with ids of one's own.
        using var own = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("_handler", "selected"), new("Ids", mine.ToString()), new("Do", "tag"), new("NewTag", "Mine")]);
        using var done = await browser.Send(HttpMethod.Post, theirs.Page("contacts"), own, follow: false);
        Assert.Equal(1L, await app.Ask<long>("select count(*) from contacts.contact_tag where tenant_id = $1", theirs.Id));
    }

    private Task<string?> Rows(TestAccount account) => app.Ask<string>(
        """
        select concat(
            (select string_agg(md5(c::text), ',' order by c.id) from contacts.contact c where c.tenant_id = $1),
            (select count(*) from contacts.contact_tag t where t.tenant_id = $1),
            (select string_agg(m::text, ',') from accounts.membership m where m.account_id = $1),
            (select string_agg(t::text, ',') from accounts.team t where t.tenant_id = $1),
            (select count(*) from messaging.send s where s.tenant_id = $1))
        """, account.Id);
}
