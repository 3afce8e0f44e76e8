using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Adapters;

public sealed class DemoStaysTests(PluraApp first)
{
    [Fact]
    public async Task Where_a_mail_server_is_set_the_demos_letters_stay_inside_and_everybody_elses_leave()
    {
        await using var server = new ScriptedSmtp();
        await using var app = await first.Another("--Plura:Roles=web", "--Plura:Demo=true", "--Email:Smtp:Host=127.0.0.1", $"--Email:Smtp:Port={server.Port}", "--Email:Smtp:Tls=none");
        var demo = await app.In(null, services => services.GetRequiredService<IDemoAccount>().Ensure("Harbour Street Dental", "US", "America/New_York", "12 Harbour Street, Portland", default));
        var (account, visitors) = (await app.NewAccount(), await app.NewAccount("Visitors"));
        // What a visitor opens from the demo's agency is the demo as well.
        await app.Do($"update accounts.account set agency_id = '{demo.AgencyId}' where id = '{visitors.Id}'");
        await account.Person("Ann");
        await account.Send(await account.Letter());
        await visitors.Person("Ben");
        await visitors.Send(await visitors.Letter());
        await account.Settle(app);
        await visitors.Settle(app);

        Assert.Contains(server.Taken, m => m.To == "ann@people.example");
        Assert.DoesNotContain(server.Taken, m => m.To == "ben@people.example");
        Assert.Equal(1L, await app.Ask<long>("select count(*) from dev.message where recipient = 'ben@people.example'"));
        Assert.True(await app.Services.GetRequiredService<IDemoAccounts>().Has(demo.Id, default));
    }
}
