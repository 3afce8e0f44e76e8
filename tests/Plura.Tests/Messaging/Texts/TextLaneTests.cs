using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Messaging;
using Plura.Privacy.Contracts;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Messaging;

/// <summary>The pump of texts is as safe as that of letters, and neither waits for the other.</summary>
public sealed class TextLaneTests(PluraApp first)
{
    [Fact]
    public async Task A_lost_answer_is_unknown_and_is_never_handed_over_again_by_itself()
    {
        await using var lab = await Lab.Start(first);
        lab.Texts.Answer = (_, _) => ScriptedTransport.Lost;
        var (account, ann) = await lab.Reader();
        var origin = await account.Writes(ann);
        await lab.App.Pump();
        lab.App.Clock.Advance(TimeSpan.FromDays(1));
        await lab.App.Pump();
        Assert.Equal("unknown connection_lost", await account.State(origin));
        Assert.Single(lab.Texts.Begun);
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_node_died_is_unknown_and_what_was_claimed_goes_again()
    {
        await using var lab = await Lab.Start(first);
        var (account, ann) = await lab.Reader();
        var (claimed, intended) = (await account.Writes(ann), await account.Writes(ann));
        await using (var owner = await lab.App.OpenOwner())
        {
            const int dead = 4713;
            await owner.Do("insert into messaging.node_hold (node, tenant_id) values ($1, $2)", dead, account.Id);
            await owner.Do("update messaging.send set state = 'claimed', node = $1 where origin_id = $2", dead, claimed);
            await owner.Do("update messaging.send set state = 'intended', node = $1, attempt = 1 where origin_id = $2", dead, intended);
        }

        await lab.App.Pump();
        Assert.Equal(("accepted", "unknown stopped_midway"), (await account.State(claimed), await account.State(intended)));
        Assert.Single(lab.Texts.Begun);
    }

    [Fact]
    public async Task One_channels_broken_run_leaves_what_the_other_holds_alone()
    {
        await using var lab = await Lab.Start(first);
        var (account, ann) = await lab.Reader();
        var origin = await account.Writes(ann);
        var inside = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        lab.Texts.During = async _ =>
        {
            inside.TrySetResult();
            await goOn.Task;
        };
        var pumps = lab.App.Services.GetRequiredService<Pump>().Channels;
        var texts = pumps.Single(p => p.Channel == Channels.Sms).RunDue(CancellationToken.None);
        await inside.Task;
        // The mail server goes down in the middle of a text: its pump drops what it held, and only that.
        var mail = await account.Letter();
        lab.Letters.Down = true;
        await pumps.Single(p => p.Channel == Channels.Email).RunDue(CancellationToken.None);
        await lab.App.Services.GetRequiredService<Recovery>().Run([await lab.App.Services.GetRequiredService<Plura.Platform.Node>().Ready], Channels.Email, CancellationToken.None);
        Assert.Equal("intended", await account.State(origin));
        goOn.SetResult();
        Assert.Equal(1, await texts);
        Assert.Equal("accepted", await account.State(origin));
        Assert.NotEqual(Guid.Empty, mail);
    }

    [Fact]
    public async Task A_carrier_that_asks_for_patience_gets_it_for_all_numbers()
    {
        await using var lab = await Lab.Start(first);
        lab.Texts.Answer = (_, _) => new HandOff(HandOffOutcome.Deferred, 429, null, "slower");
        lab.Texts.Connections = 1;
        var (account, ann) = await lab.Reader();
        for (var one = 0; one < Destinations.Patience + 3; one++)
            await account.Writes(ann);
        await lab.App.Pump();
        // The answer of one is written together with the intent for the next.
        Assert.InRange(lab.Texts.Begun.Count, Destinations.Patience, Destinations.Patience + 1);
        Assert.Equal(Destinations.Patience + 3, await account.Ask<long>("select count(*) from messaging.send where state = 'deferred' and reason = 'receiver_busy'"));
    }

    /// <summary>A host whose letters and texts leave through transports that the test scripts.</summary>
    private sealed class Lab : IAsyncDisposable
    {
        public required PluraApp App { get; init; }

        public required ScriptedTransport Letters { get; init; }

        public required ScriptedTexts Texts { get; init; }

        public static async Task<Lab> Start(PluraApp first)
        {
            var (letters, texts) = (new ScriptedTransport(), new ScriptedTexts());
            var app = await first.Another(services =>
            {
                services.RemoveAll<IEmailTransport>();
                services.RemoveAll<ITextTransport>();
                services.AddSingleton<IEmailTransport>(letters).AddSingleton<ITextTransport>(texts);
            });
            return new Lab { App = app, Letters = letters, Texts = texts };
        }

        public async Task<(TestAccount Account, Guid Contact)> Reader()
        {
            var account = await App.NewAccount();
            return (account, await account.Reader("+12125550100"));
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
