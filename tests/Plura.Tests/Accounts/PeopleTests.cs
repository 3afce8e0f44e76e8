using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Tests.Contacts;

namespace Plura.Tests;

public sealed class PeopleTests(PluraApp app)
{
    [Fact]
    public async Task The_list_shows_who_works_here_and_a_new_role_counts_from_the_next_click()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get(account.Page("contacts/new"))).Status);
        var owner = await account.SignIn();
        var list = await owner.Get(account.Page("settings/people"));
        Assert.Contains("Cora Colleague", list.Text, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner", list.Text, StringComparison.Ordinal);
        var saved = await (await owner.Get(account.Page($"settings/people?person={cora.Id}"))).Submit(".side-panel form", new { Role = Membership.ReadOnly });
        Assert.Contains("place is changed", saved.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page("contacts/new"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get(account.Page("contacts"))).Status);
    }

    [Fact]
    public async Task A_page_that_is_closed_looks_like_one_and_names_an_owner()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app, Membership.ReadOnly);
        var closed = await cora.Browser.Get(account.Page("settings/people"));
        Assert.Equal(HttpStatusCode.Forbidden, closed.Status);
        Assert.Contains("This is not yours to open", closed.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ask Olivia Owner", closed.Text, StringComparison.Ordinal);
        var today = await cora.Browser.Get(account.Page(""));
        Assert.DoesNotContain("Settings", today.All("nav a"));
    }

    [Fact]
    public async Task Whoever_manages_only_people_gets_to_the_settings_that_are_theirs()
    {
        var account = await app.NewAccount();
        var role = await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "People", Permissions = ["account.people"] }, default));
        var cora = await account.Colleague(app, Membership.Custom, roleId: role.Value);
        var people = await (await cora.Browser.Get(account.Page(""))).Click("Settings");
        Assert.Equal(account.Page("settings/people"), people.Url.PathAndQuery);
        Assert.Equal(["People", "Teams"], people.All(".settings-nav a"));
    }

    [Fact]
    public async Task An_owner_always_stays()
    {
        var account = await app.NewAccount();
        Assert.Equal("person.last_owner", (await Change(account, account.OwnerId, Membership.Admin)).Refusal?.Code);
        Assert.Equal("person.last_owner", (await Remove(account, account.OwnerId)).Refusal?.Code);
        var second = await account.Colleague(app, Membership.Owner);
        var both = await Task.WhenAll(Remove(account, account.OwnerId), Remove(account, second.Id));
        Assert.Single(both, r => r.Ok);
        Assert.Equal(1L, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1 and role = 'owner'", account.Id));
    }

    [Fact]
    public async Task An_admin_changes_members_but_no_owner_and_not_themselves()
    {
        var account = await app.NewAccount();
        var (admin, cora) = (await account.Colleague(app, Membership.Admin, name: "Ada Admin"), await account.Colleague(app));
        Assert.Equal("person.more_than_you", (await As(account, admin.Id, Membership.Admin, s => s.GetRequiredService<RemovePersonHandler>().Handle(new RemovePerson { UserId = account.OwnerId }, default))).Refusal?.Code);
        Assert.Equal("person.yourself", (await As(account, admin.Id, Membership.Admin, s => s.GetRequiredService<ChangePersonHandler>().Handle(new ChangePerson { UserId = admin.Id, Role = Membership.Member }, default))).Refusal?.Code);
        Assert.Equal("role.owner", (await As(account, admin.Id, Membership.Admin, s => s.GetRequiredService<ChangePersonHandler>().Handle(new ChangePerson { UserId = cora.Id, Role = Membership.Owner }, default))).Refusal?.Code);
        Assert.True((await As(account, admin.Id, Membership.Admin, s => s.GetRequiredService<ChangePersonHandler>().Handle(new ChangePerson { UserId = cora.Id, Role = Membership.Admin }, default))).Ok);
        Assert.Contains("only an owner can change that", (await admin.Browser.Get(account.Page($"settings/people?person={account.OwnerId}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_removed_finds_the_account_closed_and_their_contacts_go_where_they_were_handed()
    {
        var account = await app.NewAccount();
        var (cora, dora) = (await account.Colleague(app), await account.Colleague(app, name: "Dora Deputy"));
        var contact = await account.Create("Ann");
        await account.In(s => s.GetRequiredService<Plura.Contacts.AssignContactHandler>().Handle(new Plura.Contacts.AssignContact { Ids = [contact], Assignee = cora.Id.ToString() }, default));
        var owner = await account.SignIn();
        var gone = await (await owner.Get(account.Page($"settings/people?person={cora.Id}"))).Submit("#remove-person form", new { HandTo = dora.Id.ToString() });
        Assert.Contains("no longer belongs to the account", gone.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page("contacts"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get("/me")).Status);
        await account.Work();
        Assert.Equal(dora.Id, (await account.Contact(contact))!.Assignee);
        Assert.Contains("Dora Deputy", (await owner.Get(account.Page($"contacts/{contact}"))).Find(".person-story").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_open_ends_when_its_reader_is_removed()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, account.Page("live?part=notices:")));
        request.Headers.Add("Cookie", string.Join("; ", cora.Browser.Cookies.Select(c => $"{c.Key}={c.Value}")));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var all = answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.False(all.IsCompleted);
        Assert.True((await Remove(account, cora.Id)).Ok);
        Assert.Contains("event: part", await all.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_is_an_act_of_ones_own()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app);
        var left = await (await cora.Browser.Get("/me/accounts")).Submit("dialog form", new { });
        Assert.Contains("You have left the account.", left.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page("contacts"))).Status);
        var refused = await (await (await account.SignIn()).Get("/me/accounts")).Submit("dialog form", new { });
        Assert.Contains("the account's only owner", refused.Text, StringComparison.Ordinal);
    }

    private static Task<Result> Change(TestAccount account, Guid user, string role) =>
        account.In(s => s.GetRequiredService<ChangePersonHandler>().Handle(new ChangePerson { UserId = user, Role = role }, default));

    private static Task<Result> Remove(TestAccount account, Guid user) =>
        account.In(s => s.GetRequiredService<RemovePersonHandler>().Handle(new RemovePerson { UserId = user }, default));

    private static Task<T> As<T>(TestAccount account, Guid user, string role, Func<IServiceProvider, Task<T>> work) => account.In(services =>
    {
        services.GetRequiredService<Actor>().Become(ActorKind.User, user, "Ada", services.GetRequiredService<RoleBook>().OfMember(role, null));
        return work(services);
    });
}
