using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Messaging;
using Plura.Privacy.Contracts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Messaging;

/// <summary>An installation whose operator has set no mail server: nothing leaves, nothing is lost in silence, and everybody reads why.</summary>
public sealed class NoTransportTests(PluraApp app)
{
    [Fact]
    public async Task Without_a_mail_server_every_letter_is_withheld_with_that_reason()
    {
        await using var own = await app.Another(services => services.RemoveAll<IEmailTransport>(), "--Plura:Roles=web");
        var account = await own.NewAccount();
        await account.Person("Ann");
        await account.Person("Ben");
        var campaign = await account.Letter();
        await account.Send(campaign);
        await account.Settle(own);

        var seen = await account.Campaign(campaign);
        Assert.Equal(("sent", 2, 0), (seen.State(), seen.Count("withheld"), seen.Count("accepted")));
        Assert.Equal("no_transport", await account.Ask<string>("select string_agg(distinct reason, ' ') from messaging.send where origin_id = $1", campaign));
        Assert.Equal(2, await account.Ask<long>("select count(*) from privacy.decision where outcome = 'deny' and reasons::text like '%no_transport%'"));
        await account.SignIn();
        Assert.Contains(GateWords.Heading("no_transport"), (await account.Browser.Get(account.Page($"campaigns/{campaign}"))).Text, StringComparison.Ordinal);
    }
}
