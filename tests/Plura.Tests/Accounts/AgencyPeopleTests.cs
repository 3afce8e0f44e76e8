using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;

namespace Plura.Tests;

public sealed class AgencyPeopleTests(PluraApp app)
{
    [Fact]
    public async Task An_owner_puts_a_colleague_at_the_desk_who_manages_accounts_and_not_people()
    {
        var account = await app.NewAccount();
        var kim = await account.Colleague(app, name: "Kim Colleague");
        var desk = await account.SignIn();
        Assert.Equal(HttpStatusCode.NotFound, (await kim.Browser.Get($"/g/{account.Slug}")).Status);
        var page = await (await desk.Get($"/g/{account.Slug}/people")).Submit("[name='Command.UserId']", new { UserId = kim.Id.ToString() });
        Assert.Contains("Kim Colleague", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await kim.Browser.Get($"/g/{account.Slug}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await kim.Browser.Get($"/g/{account.Slug}/people")).Status);

        var owner = await page.Submit($"[name=_handler][value='role-{kim.Id:N}']", new { });
        Assert.Equal(2, owner.All("td").Count(t => t == "Owns the agency"));
        Assert.Equal(HttpStatusCode.OK, (await kim.Browser.Get($"/g/{account.Slug}/people")).Status);
        var gone = await owner.Submit($"#leave-{kim.Id:N} form", new { });
        Assert.Contains("Kim Colleague has left the desk.", gone.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await kim.Browser.Get($"/g/{account.Slug}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await kim.Browser.Get(account.Page("contacts"))).Status);
        Assert.Equal(3, await app.Ask<long>("select count(*) from privacy.operator_audit_entry where act like 'agency.%desk' and about = $1", kim.Id));
    }

    [Fact]
    public async Task Nobody_is_put_there_whom_one_does_not_work_with_and_an_owner_stays()
    {
        var (account, stranger) = (await app.NewAccount(), await app.NewAccount());
        var desk = await account.SignIn();
        var page = await desk.Get($"/g/{account.Slug}/people");
        Assert.Contains("There is nobody to ask at the moment", page.Text, StringComparison.Ordinal);
        Assert.Contains("this is the only one", (await page.Submit($"[name=_handler][value='role-{account.OwnerId:N}']", new { })).Text, StringComparison.Ordinal);
        Assert.Contains("this is the only one", (await page.Submit($"#leave-{account.OwnerId:N} form", new { })).Text, StringComparison.Ordinal);
        var agency = await app.Ask<Guid>("select agency_id from accounts.account where id = $1", account.Id);
        var refused = await AsDesk(agency, account.OwnerId, handler => handler.Handle(new PutAtDesk { UserId = stranger.OwnerId }, default));
        Assert.Equal("agency.person", refused.Refusal?.Code);
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_at_once_leave_one()
    {
        var account = await app.NewAccount();
        var kim = await account.Colleague(app);
        var agency = await app.Ask<Guid>("select agency_id from accounts.account where id = $1", account.Id);
        Assert.True((await AsDesk(agency, account.OwnerId, h => h.Handle(new PutAtDesk { UserId = kim.Id, Role = AgencyMember.Owner }, default))).Ok);
        var both = await Task.WhenAll(
            AsDesk(agency, account.OwnerId, h => h.Handle(new TakeFromDesk { UserId = kim.Id }, default)),
            AsDesk(agency, kim.Id, h => h.Handle(new TakeFromDesk { UserId = account.OwnerId }, default)));
        Assert.Single(both, r => r.Ok);
        Assert.Equal(1L, await app.Ask<long>("select count(*) from accounts.agency_member where agency_id = $1 and role = 'owner'", agency));
    }

    private Task<Plura.Platform.Result> AsDesk(Guid agency, Guid user, Func<ChangeAgencyPeopleHandler, Task<Plura.Platform.Result>> act) => app.In(tenant: null, services =>
    {
        services.GetRequiredService<CurrentAgency>().Enter(agency);
        services.GetRequiredService<Plura.Platform.Actor>().Become(Plura.Platform.ActorKind.User, user, "At the desk", []);
        return act(services.GetRequiredService<ChangeAgencyPeopleHandler>());
    });
}
