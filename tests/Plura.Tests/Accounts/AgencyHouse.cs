using System.Net;

namespace Plura.Tests;

/// <summary>An agency with a person at its desk, and a business that it looks after without belonging to it.</summary>
internal sealed class AgencyHouse
{
    private readonly PluraApp app;
    private readonly TestAccount own;

    private AgencyHouse(PluraApp app, TestAccount own, TestAccount shop, Browser desk, Browser owner)
    {
        (this.app, this.own) = (app, own);
        (Shop, Desk, Owner) = (shop, desk, owner);
    }

    /// <summary>The business.</summary>
    public TestAccount Shop { get; }

    /// <summary>The browser of the agency's owner, who is no member of the business.</summary>
    public Browser Desk { get; }

    /// <summary>The browser of the business's owner.</summary>
    public Browser Owner { get; }

    public string DeskSlug => own.Slug;

    public Guid DeskPerson => own.OwnerId;

    public static async Task<AgencyHouse> Open(PluraApp app)
    {
        var (own, shop) = (await app.NewAccount("Sunrise Agency"), await app.NewAccount());
        await app.Do("update accounts.account set agency_id = (select agency_id from accounts.account where id = $1) where id = $2", own.Id, shop.Id);
        return new AgencyHouse(app, own, shop, await own.SignIn(), await shop.SignIn());
    }

    public string At(string path) => $"/g/{own.Slug}/{path.TrimStart('/')}".TrimEnd('/');

    public async Task<Guid> AgencyId() => await app.Ask<Guid>("select agency_id from accounts.account where id = $1", own.Id);

    /// <summary>The business's owner lets the agency, or the operator, in; answers the grant.</summary>
    public async Task<Guid> Grant(string may = "look", string hours = "1", string to = "agency")
    {
        var page = await (await Owner.Get(Shop.Page("settings/support"))).Submit("input[name='Command.Reason']", new { To = to, May = may, Hours = hours, Reason = "Our form looks odd" });
        Assert.Contains("They may come in now.", page.Text, StringComparison.Ordinal);
        return await app.Ask<Guid>("select id from accounts.support_grant where tenant_id = $1 order by granted_at desc limit 1", Shop.Id);
    }

    /// <summary>The agency's person presses the button at their desk.</summary>
    public async Task<WebPage> Enter() => await (await Desk.Get(At("support"))).Submit("main form[action$='/enter']", new { });

    /// <summary>The business's owner ends it by the line that stands on every page.</summary>
    public async Task End() => Assert.Equal(HttpStatusCode.OK, (await (await Owner.Get($"/a/{Shop.Slug}")).Submit(".standing form[action$='/end']", new { })).Status);
}
