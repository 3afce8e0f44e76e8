using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Messaging;
using Plura.Tests.Messaging;

namespace Plura.Tests.Campaigns;

/// <summary>A private host with everything real but the provider, which answers what the test says, and a clock of its own.</summary>
internal sealed class CampaignLab : IAsyncDisposable
{
    private CampaignLab(PluraApp host, ScriptedTransport provider, TestAccount account) => (Host, Provider, Account) = (host, provider, account);

    public PluraApp Host { get; }

    public ScriptedTransport Provider { get; }

    public TestAccount Account { get; }

    public static async Task<CampaignLab> Start(PluraApp app, params string[] settings)
    {
        var provider = new ScriptedTransport();
        var host = await app.Another(
            services =>
            {
                services.RemoveAll<IEmailTransport>();
                services.AddSingleton<IEmailTransport>(provider);
            },
            ["--Plura:Roles=web", .. settings]);
        return new CampaignLab(host, provider, await host.NewAccount());
    }

    /// <summary>So many people who agreed, called Person 1, Person 2 …</summary>
    public async Task People(int count)
    {
        for (var n = 1; n <= count; n++)
            await Account.Person($"Person{n}");
    }

    /// <summary>A letter that is on its way: begun, and as far as the provider lets it.</summary>
    public async Task<Guid> Sent(object? audience = null)
    {
        var campaign = await Account.Letter(audience);
        await Account.Send(campaign);
        await Settle();
        return campaign;
    }

    public Task Settle() => Account.Settle(Host);

    public Task<int> Pump() => Host.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);

    /// <summary>What the provider was given for customers (the installation's own letters aside), in order.</summary>
    public IReadOnlyList<ComposedMessage> Letters => [.. Provider.Begun.Where(m => m.EnvelopeTo.EndsWith("@people.example", StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
