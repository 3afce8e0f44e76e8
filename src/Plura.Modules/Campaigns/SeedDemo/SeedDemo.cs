using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Campaigns;

/// <summary><c>bin/plura seed demo</c>: works beside a running server and by itself, and returns when the demo's campaign has finished.</summary>
public sealed class SeedDemo(IServiceScopeFactory scopes, Dispatcher dispatcher, ISendPump pump) : ICommand
{
    public string Name => "seed demo";

    public string Help => "Fills the account 'demo' with a story: people, permissions, a sent campaign. Doing it again changes nothing.";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        var told = await new DemoStory(scopes, Drive).Tell(DemoStory.Everyone, DemoStory.ReadersComeAfter, ct);
        return new { account = told.Slug, contacts = told.Contacts, campaign = told.Campaign, state = told.State };
    }

    /// <summary>A worker's work, because there may be no server.</summary>
    private async Task Drive(CancellationToken ct)
    {
        await dispatcher.RunDue(ct);
        await pump.RunDue(ct);
    }
}
