using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class SupportGrantTests(PluraApp app)
{
    [Fact]
    public async Task An_agencys_owner_without_a_grant_finds_no_such_account()
    {
        var house = await AgencyHouse.Open(app);
        foreach (var path in (string[])["", "contacts", "settings", "live?part=standing:"])
            Assert.Equal(HttpStatusCode.NotFound, (await house.Desk.Get(house.Shop.Page(path).TrimEnd('/'))).Status);
        Assert.Contains("Nobody lets you in at the moment", (await house.Desk.Get(house.At("support"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grant_lets_in_by_a_button_that_writes_it_into_both_logs()
    {
        var house = await AgencyHouse.Open(app);
        var grant = await house.Grant();
        // The address alone is not enough: looking at it leads to the button.
        Assert.Equal(house.At("support"), (await house.Desk.Get($"/a/{house.Shop.Slug}")).Url.AbsolutePath);
        Assert.Equal(0, await house.Shop.Ask<long>("select count(*) from accounts.support_visit"));

        var inside = await house.Enter();
        Assert.Equal($"/a/{house.Shop.Slug}", inside.Url.AbsolutePath);
        Assert.Contains("You are here as support and may look at this account until", inside.Text, StringComparison.Ordinal);
        Assert.Contains("Signed in as Support: Olivia Owner (Sunrise Agency)", inside.Text, StringComparison.Ordinal);
        Assert.Equal(1, await house.Shop.Ask<long>("select count(*) from privacy.audit_entry where act = 'support.enter' and facts ->> 'grant' = $1", grant.ToString()));
        Assert.Equal(1, await app.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'support.enter' and about = $1 and actor_id = $2", house.Shop.Id, house.DeskPerson));
    }

    [Fact]
    public async Task Nobody_hands_on_more_than_is_theirs_and_the_owners_hear_of_it()
    {
        var house = await AgencyHouse.Open(app);
        var role = (await house.Shop.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Gatekeeper", Permissions = ["account.use", "account.grants"] }, default))).Value;
        var nora = await house.Shop.Colleague(app, Membership.Custom, roleId: role, name: "Nora New");
        var page = await (await nora.Browser.Get(house.Shop.Page("settings/support"))).Submit("[name=_handler][value=grant-support]", new { May = "work", Reason = "Please" });
        Assert.Contains("They could do more here than you can yourself", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await house.Shop.Ask<long>("select count(*) from accounts.support_grant"));
        await house.Grant("work");
        Assert.Equal(1, await house.Shop.Ask<long>("select count(*) from accounts.notice where kind = 'support_granted'"));
        var narrow = await house.Shop.Colleague(app, Membership.Custom, Sights.Mine, role, "Nick Narrow");
        Assert.Equal(HttpStatusCode.Forbidden, (await narrow.Browser.Get(house.Shop.Page("settings/support"))).Status);
    }

    [Fact]
    public async Task Everybody_inside_sees_it_while_it_lasts_and_who_came_in()
    {
        var house = await AgencyHouse.Open(app);
        await house.Grant();
        var before = await house.Owner.Get(house.Shop.Page("contacts"));
        Assert.Contains("Sunrise Agency can look at this account until", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Inside now", before.Text, StringComparison.Ordinal);
        await house.Enter();
        Assert.Contains("Inside now: Olivia Owner.", (await house.Owner.Get(house.Shop.Page("contacts"))).Text, StringComparison.Ordinal);

        await (await house.Desk.Get($"/a/{house.Shop.Slug}")).Submit(".standing form[action$='/leave']", new { });
        Assert.DoesNotContain("Inside now", (await house.Owner.Get(house.Shop.Page("contacts"))).Text, StringComparison.Ordinal);
        var story = (await house.Owner.Get(house.Shop.Page("settings/support"))).Text;
        Assert.Contains("Olivia Owner came in", story, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner left", story, StringComparison.Ordinal);
        Assert.Equal(1, await house.Shop.Ask<long>("select count(*) from privacy.audit_entry where act = 'support.leave'"));
        Assert.Equal(1, await app.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'support.leave' and about = $1", house.Shop.Id));
        // Outside again: coming in anew is a new entry.
        Assert.Equal(house.At("support"), (await house.Desk.Get($"/a/{house.Shop.Slug}")).Url.AbsolutePath);
    }

    [Fact]
    public async Task Who_may_look_only_cannot_change_anything()
    {
        var house = await AgencyHouse.Open(app);
        await house.Grant("look");
        await house.Enter();
        Assert.Equal(HttpStatusCode.OK, (await house.Desk.Get(house.Shop.Page("contacts"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await house.Desk.Get(house.Shop.Page("contacts/new"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await house.Desk.Get(house.Shop.Page("settings/support"))).Status);
        // Even where read-only people may post: support leaves no trace of having read somebody's news.
        using var read = await house.Desk.Send(HttpMethod.Post, house.Shop.Page($"notices/{Guid.Empty}/read"), new FormUrlEncodedContent([]), follow: false);
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
    }

    [Fact]
    public async Task Who_may_look_only_sees_no_button_that_leads_nowhere_and_reads_a_sentence_where_they_try()
    {
        var house = await AgencyHouse.Open(app);
        await house.Shop.In(async services =>
        {
            services.GetRequiredService<INotices>().Post("import_done", "Your import is finished.", "contacts");
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        await house.Grant("look");
        var today = await house.Enter();
        Assert.Contains("Your import is finished.", today.Text, StringComparison.Ordinal);
        Assert.Contains("Hello, Olivia", today.Text, StringComparison.Ordinal);
        Assert.Null(today.Document.QuerySelector("form[action*='/notices/']"));
        Assert.DoesNotContain("New campaign", today.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await today.Click("Open")).Status);

        using var content = new FormUrlEncodedContent([]);
        var refused = await house.Desk.Page(await house.Desk.Send(HttpMethod.Post, house.Shop.Page($"notices/{Guid.Empty}/read"), content));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Here you may look, and not change", refused.Find("h1").TextContent, StringComparison.Ordinal);
        using var program = await house.Desk.Send(HttpMethod.Post, house.Shop.Page($"notices/{Guid.Empty}/read"), content: null, follow: false, accept: "application/json");
        Assert.Contains("support.look_only", await program.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_work_does_what_members_do_and_nothing_that_belongs_to_the_owner()
    {
        var house = await AgencyHouse.Open(app);
        await house.Grant("work");
        await house.Enter();
        var form = await house.Desk.Get(house.Shop.Page("contacts/new"));
        await form.Submit("input[name='Command.FirstName']", new { FirstName = "Ann" });
        Assert.Equal(1, await house.Shop.Ask<long>("select count(*) from contacts.contact where first_name = 'Ann'"));
        foreach (var path in (string[])["settings", "settings/tokens", "settings/support"])
            Assert.Equal(HttpStatusCode.Forbidden, (await house.Desk.Get(house.Shop.Page(path))).Status);
    }

    [Fact]
    public async Task An_ended_grant_is_a_closed_door_at_once()
    {
        var house = await AgencyHouse.Open(app);
        await house.Grant("work");
        var inside = await house.Enter();
        Assert.Equal(HttpStatusCode.OK, inside.Status);
        await house.End();
        Assert.Equal(HttpStatusCode.NotFound, (await house.Desk.Get(house.Shop.Page("contacts"))).Status);
        using var post = await house.Desk.Send(HttpMethod.Post, house.Shop.Page("contacts/new"), new FormUrlEncodedContent([]), follow: false);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        Assert.Equal(1, await house.Shop.Ask<long>("select count(*) from privacy.audit_entry where act = 'support.end'"));
        Assert.Contains("Olivia Owner ended it", (await house.Owner.Get(house.Shop.Page("settings/support"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_open_ends_with_the_grant()
    {
        var house = await AgencyHouse.Open(app);
        await house.Grant();
        await house.Enter();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, house.Shop.Page("live?part=notices:")));
        request.Headers.Add("Cookie", string.Join("; ", house.Desk.Cookies.Select(c => $"{c.Key}={c.Value}")));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var all = answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.False(all.IsCompleted);

        await house.End();
        Assert.Contains("event: part", await all.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_grant_lets_nobody_in()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await house.Grant(hours: "1");
        await house.Enter();
        own.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.OK, (await house.Desk.Get($"/a/{house.Shop.Slug}")).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.OK, (await house.Desk.Get($"/a/{house.Shop.Slug}")).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.NotFound, (await house.Desk.Get($"/a/{house.Shop.Slug}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await house.Desk.Get(house.At("support"))).Status);
    }

    [Fact]
    public async Task Another_agency_cannot_use_it()
    {
        var (house, other) = (await AgencyHouse.Open(app), await AgencyHouse.Open(app));
        var grant = await house.Grant();
        await other.Grant();
        var desk = await other.Desk.Get(other.At("support"));
        var token = desk.Find("main form[action$='/enter'] input[name='__RequestVerificationToken']").GetAttribute("value")!;
        using var answer = await other.Desk.Send(HttpMethod.Post, other.At($"support/{grant}/enter"), new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Desk.Get($"/a/{house.Shop.Slug}")).Status);
        Assert.Equal(0, await house.Shop.Ask<long>("select count(*) from accounts.support_visit"));
    }

    [Fact]
    public async Task The_operators_people_need_a_grant_of_their_own()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        var staff = await own.NewAccount("Operator");
        own.Services.GetRequiredService<IConfiguration>()["Plura:Operators"] = $"owner@{staff.Slug}.example";
        var browser = await staff.SignIn();
        await house.Grant(to: "agency");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/a/{house.Shop.Slug}")).Status);

        await house.Grant(to: "operator");
        var inside = await (await browser.Get("/operator/support")).Submit("main form[action$='/enter']", new { });
        Assert.Contains("Support: Olivia Owner (operator)", inside.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Desk.Get("/operator/support")).Status);
    }

    [Fact]
    public async Task Raw_sql_inside_another_account_sees_no_grant_and_changes_none()
    {
        var house = await AgencyHouse.Open(app);
        await house.Grant();
        await house.Enter();
        var stranger = await app.NewAccount();
        foreach (var table in (string[])["support_grant", "support_visit", "support_grant_end"])
            Assert.Equal(0, await stranger.Ask<long>($"select count(*) from accounts.{table}"));
        await using var open = await house.Shop.Open();
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => open.Do("update accounts.support_grant set ends_at = ends_at + interval '1 year'"));
    }

    [Fact]
    public async Task The_policy_page_counts_visits_that_no_grant_allowed()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        var grant = await house.Grant();
        await house.Enter();
        Assert.Equal(new PolicyFinding(0, 1), await Look());
        // As if somebody had come in before the account allowed it.
        await own.Do("insert into accounts.support_visit (tenant_id, id, grant_id, user_id, act, at) select tenant_id, gen_random_uuid(), id, granted_by, 'enter', granted_at - interval '1 minute' from accounts.support_grant where id = $1", grant);
        Assert.Equal(new PolicyFinding(1, 2), await Look());

        Task<PolicyFinding> Look() => own.In(tenant: null, services => services.GetServices<IPolicyCheck>().OfType<SupportCameByGrant>().Single().Look(CancellationToken.None));
    }

    [Fact]
    public void Only_an_owner_lets_others_in() => Assert.Equal(
        [Membership.Owner],
        ((string[])[Membership.Owner, Membership.Admin, Membership.Member, Membership.ReadOnly]).Where(role => app.Services.GetRequiredService<RoleBook>().OfMember(role, own: null).Contains("account.grants", StringComparer.Ordinal)));

    [Fact]
    public async Task A_grant_without_a_reason_is_not_given_and_nothing_typed_is_lost()
    {
        var house = await AgencyHouse.Open(app);
        var page = await (await house.Owner.Get(house.Shop.Page("settings/support"))).Submit("input[name='Command.Reason']", new { May = "work", Hours = "24" });
        Assert.Contains("Say what it is about", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("input[name='Command.May'][value='work'][checked]"));
        Assert.NotNull(page.Document.QuerySelector("input[name='Command.Hours'][value='24'][checked]"));
        Assert.Equal(0, await house.Shop.Ask<long>("select count(*) from accounts.support_grant"));
    }
}
